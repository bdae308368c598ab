// Everything that happened beside the attempts, in the order of time: acts of people, and events that nobody has done.
import type { JournalRecord, RecordKind } from '../../../contract/journal/journal.js';
import { EffectsDone } from '../../../contract/plans/without-undo.js';
import { applyRecord } from '../../../contract/reduce/reduce.js';
import { emptyRunState, type RunState } from '../../../contract/state/state.js';
import type { ActFacts } from './act-facts.js';
import type { StepTitles } from './step-titles.js';
import type { Teller, Telling } from './teller.js';
import { TELLERS } from './tellers.js';

/** The acts of people, and the other events, each in the order of time. */
export interface ToldActs {
  readonly acts: readonly ActFacts[];
  readonly events: readonly ActFacts[];
}

/** Tells the records. */
export function actsOf(records: readonly JournalRecord[], names: StepTitles): ToldActs {
  const teller = new ActTeller(names);
  const told = records.flatMap(record => teller.take(record) ?? []);
  const of = (isAct: boolean): ActFacts[] =>
    told.flatMap(each => (each.isAct === isAct ? each.act : [])).toSorted(byTime);
  return { acts: of(true), events: of(false) };
}

/** An act of a person, or an event. */
interface ToldAct {
  readonly act: ActFacts;
  readonly isAct: boolean;
}

/** Tells one record after the other. */
export class ActTeller {
  readonly #names: StepTitles;
  readonly #state = emptyRunState();
  readonly #effects = new EffectsDone();

  constructor(names: StepTitles) {
    this.#names = names;
  }

  /** The state after the last record. Read it, do not keep it. */
  get state(): RunState {
    return this.#state;
  }

  /** What the next record tells; null when it tells nothing beside the attempts. */
  take(record: JournalRecord): ToldAct | null {
    // A kind of a later version has none.
    const teller = TELLERS[record.kind] as Teller<RecordKind> | null | undefined;
    const told =
      teller?.(record, { before: this.#state, names: this.#names, effects: this.#effects }) ?? null;
    this.#effects.note(record);
    applyRecord(this.#state, record);
    return told && toldAct(record, told);
  }
}

function toldAct(record: JournalRecord, told: Telling): ToldAct {
  const {
    by = null,
    what,
    details = [],
    reason = '',
    at = record.at,
    steps = [],
    isDeviation = false
  } = told;
  const { seq, kind } = record;
  const isOfKernel = told.isOfKernel && { isOfKernel: told.isOfKernel };
  const about = told.about !== undefined && { about: told.about };
  const act: ActFacts = {
    at,
    seq,
    kind,
    by,
    ...isOfKernel,
    what,
    details,
    reason,
    steps,
    ...about,
    isDeviation
  };
  return { act, isAct: by !== null || told.isAct === true };
}

/** A decision that was signed before it came is told where it belongs. */
function byTime(a: ActFacts, b: ActFacts): number {
  return Date.parse(a.at) - Date.parse(b.at) || a.seq - b.seq;
}
