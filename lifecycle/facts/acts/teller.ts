// How a record is told: one function for each kind that tells of an act or an event.
import type { Person } from '../../../contract/base/person.js';
import type { JournalRecord, RecordKind } from '../../../contract/journal/journal.js';
import type { EffectsDone } from '../../../contract/plans/without-undo.js';
import type { RunState } from '../../../contract/state/state.js';
import type { StepTitles } from './step-titles.js';

/** A record of the kind. */
export type Of<K extends RecordKind> = Extract<JournalRecord, { kind: K }>;

/** What is known when a record is told. */
export interface Known {
  /** The state before the record. */
  readonly before: RunState;
  readonly names: StepTitles;
  /** What the effects before it were. */
  readonly effects: EffectsDone;
}

/** What a teller says; what is absent is empty, or not so. */
export interface Telling {
  /** Absent: nobody. */
  readonly by?: Person;
  readonly isOfKernel?: true;
  readonly what: string;
  readonly details?: readonly string[];
  readonly reason?: string;
  /** Of another time than the record's, ISO 8601 UTC. */
  readonly at?: string;
  readonly steps?: readonly string[];
  /** Id of the step whose question it answers, where `steps` names none. */
  readonly about?: string;
  readonly isDeviation?: boolean;
  /** True: it stands among the acts of people although nobody has done it, because it is about one of them. */
  readonly isAct?: boolean;
}

/** Null: this one tells nothing that stands beside the attempts. */
export type Teller<K extends RecordKind> = (record: Of<K>, known: Known) => Telling | null;

/** One for each kind. Null: attempts, effects and outputs tell it, or it says what is known and not what was done. */
export type TellersOf<K extends RecordKind> = { readonly [Kind in K]: Teller<Kind> | null };
