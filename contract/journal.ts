// The records of the journal: one discriminated union, one line of JSON a record, each with the hash of the line before.
// Writing rule: a record that announces an effect is on disk before the effect begins. Reading rule: reduce.ts.
import type { AttemptEnded, AttemptStarted } from './journal/attempts.js';
import type { EffectEnded, EffectPlanned, EffectStarted } from './journal/effects.js';
import type { PeopleRecord } from './journal/people.js';
import type { PhaseAdmitted, PhaseReleased } from './journal/rehearsals.js';
import type {
  EffectJudged,
  RecoveryDiscarded,
  ResumeEnded,
  ResumeStarted,
  Rewound,
  StepReplayed,
  StepSkipped
} from './journal/resume.js';
import type {
  CheckpointReached,
  RollbackEnded,
  RollbackRegistered,
  RollbackStarted,
  RolledBack,
  UndoingStarted,
  UndoingStopped
} from './journal/rollbacks.js';
import type {
  ExecutorReplaced,
  JournalOpened,
  KernelStarted,
  NoteRecorded,
  OutlineRecorded
} from './journal/run.js';
import type { OutputsRecorded } from './output.js';
import type { PolicyRead } from './policy.js';
import type { TornLineSetAside } from './torn-line.js';

export type * from './journal/attempts.js';
export type * from './journal/effects.js';
export type * from './journal/people.js';
export type * from './journal/rehearsals.js';
export type * from './journal/resume.js';
export type * from './journal/rollbacks.js';
export type * from './journal/run.js';

/** What a writer hands to the journal. */
export type RecordBody =
  | JournalOpened
  | KernelStarted
  | ExecutorReplaced
  | OutlineRecorded
  | AttemptStarted
  | AttemptEnded
  | OutputsRecorded
  | TornLineSetAside
  | EffectStarted
  | EffectEnded
  | EffectPlanned
  | PeopleRecord
  | PhaseAdmitted
  | PhaseReleased
  | PolicyRead
  | CheckpointReached
  | RollbackRegistered
  | RollbackStarted
  | RollbackEnded
  | UndoingStarted
  | UndoingStopped
  | RolledBack
  | NoteRecorded
  | ResumeStarted
  | StepReplayed
  | ResumeEnded
  | RecoveryDiscarded
  | EffectJudged
  | StepSkipped
  | Rewound;

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
