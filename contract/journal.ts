// The records of the journal: one discriminated union, one line of JSON a record, each with the hash of the line before.
// Writing rule: a record that announces an effect is on disk before the effect begins. Reading rule: reduce.ts.
import type { ErrorRecord } from './error.js';
import type { PeopleRecord } from './journal/people.js';
import type { Json } from './json.js';
import type { Outline } from './outline.js';
import type { Person } from './person.js';
import type { Outcome, RunInfo } from './run.js';

/** First record of every journal. `run` is null in a scratch notebook. */
export interface JournalOpened {
  readonly kind: 'journal-opened';
  readonly format: number;
  readonly version: string;
  readonly notebook: string;
  readonly run: RunInfo | null;
}

/** A kernel took up the journal. Attempts that were running before are inconclusive from here on. */
export interface KernelStarted {
  readonly kind: 'kernel-started';
  readonly version: string;
  readonly pid: number;
  readonly by: Person;
}

/** The process that runs the cells was replaced; what was running in it is inconclusive. */
export interface ExecutorReplaced {
  readonly kind: 'executor-replaced';
  readonly reason: string;
}

/** The phases and steps of the notebook, written when they changed. */
export interface OutlineRecorded {
  readonly kind: 'outline';
  readonly outline: Outline;
}

/** A step began. Written before the cell's code runs. */
export interface AttemptStarted {
  readonly kind: 'attempt-started';
  readonly step: string;
  /** 1-based, counted for each step. */
  readonly attempt: number;
  readonly executionCount: number;
  /** When the request reached the kernel, ISO 8601 UTC. */
  readonly queuedAt: string;
  readonly by: Person;
  /** The cell's text, masked. */
  readonly source: string;
  /** SHA-256 (hex) of the unmasked text. */
  readonly sourceHash: string;
}

/** A step ended. */
export interface AttemptEnded {
  readonly kind: 'attempt-ended';
  readonly step: string;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly error?: ErrorRecord;
}

/** Something in the world is about to be changed or asked. Written before it happens. */
export interface EffectStarted {
  readonly kind: 'effect-started';
  /** Unique in the journal. */
  readonly effect: string;
  readonly step: string;
  readonly attempt: number;
  /** `shell`, `http`, `splunk`, `record` … */
  readonly helper: string;
  /** One line for reading, masked: `fleetctl deploy orders 2.4.0`. */
  readonly label: string;
  readonly request: Json;
}

/** The effect's end. An effect without this record is inconclusive. */
export interface EffectEnded {
  readonly kind: 'effect-ended';
  readonly effect: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** What a resume gives back instead of doing it again, masked. */
  readonly result: Json;
}

/** What a dry run would have done. It was not performed, so it has no end. */
export interface EffectPlanned {
  readonly kind: 'effect-planned';
  /** Unique in the journal. */
  readonly effect: string;
  readonly step: string;
  readonly attempt: number;
  /** `shell`, `http`, … and `approval`, `checklist`, `secret`, because nobody is asked and nothing is read. */
  readonly helper: string;
  readonly label: string;
  readonly request: Json;
}

/** A place to return to. */
export interface CheckpointReached {
  readonly kind: 'checkpoint';
  readonly name: string;
  readonly step: string;
}

/** An undo step was registered beside the step it undoes. */
export interface RollbackRegistered {
  readonly kind: 'rollback-registered';
  readonly rollback: string;
  readonly name: string;
  readonly step: string;
}

/** An undo step began. */
export interface RollbackStarted {
  readonly kind: 'rollback-started';
  readonly rollback: string;
  readonly step: string;
}

/** An undo step ended. */
export interface RollbackEnded {
  readonly kind: 'rollback-ended';
  readonly rollback: string;
  readonly outcome: Outcome;
  readonly error?: ErrorRecord;
}

/** A remark of a person. */
export interface NoteRecorded {
  readonly kind: 'note';
  readonly text: string;
  readonly step: string | null;
  readonly by: Person;
}

/** What a writer hands to the journal. */
export type RecordBody =
  | JournalOpened
  | KernelStarted
  | ExecutorReplaced
  | OutlineRecorded
  | AttemptStarted
  | AttemptEnded
  | EffectStarted
  | EffectEnded
  | EffectPlanned
  | PeopleRecord
  | CheckpointReached
  | RollbackRegistered
  | RollbackStarted
  | RollbackEnded
  | NoteRecorded;

/** What the journal adds to each record. */
export interface RecordStamp {
  /** 1-based, without gaps. */
  readonly seq: number;
  /** ISO 8601 with milliseconds, UTC. */
  readonly at: string;
  /** SHA-256 (hex) of the line before, without its line feed; 64 zeros in the first record. */
  readonly prev: string;
}

/** One line of the journal. */
export type JournalRecord = RecordStamp & RecordBody;

/** The word that tells records apart. */
export type RecordKind = RecordBody['kind'];

/** `prev` of the first record. */
export const NO_PREVIOUS_LINE = '0'.repeat(64);
