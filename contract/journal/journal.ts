// The records of the journal: one discriminated union, one line of JSON a record, each with the hash of the line before.
// Writing rule: a record that announces an effect is on disk before the effect begins. Reading rule: reduce.ts.
import type { AttemptEnded, AttemptStarted, OrderWaived, SecondRunAllowed } from './attempts.js';
import type { EffectEnded, EffectPlanned, EffectRefused, EffectStarted } from './effects.js';
import type { PeopleRecord } from './people.js';
import type { PhaseAdmitted, PhaseReleased } from './rehearsals.js';
import type {
  EffectJudged,
  RecoveryDiscarded,
  ResumeEnded,
  ResumeStarted,
  StepContinued,
  StepReplayed,
  StepSkipped
} from './resume.js';
import type {
  CheckpointReached,
  RollbackEnded,
  RollbackRegistered,
  RollbackStarted,
  RollbackValues,
  RolledBack,
  Rewound,
  UndoingStarted,
  UndoingStopped
} from './rollbacks.js';
import type {
  ClockAccepted,
  ExecutorReplaced,
  JournalOpened,
  KernelStarted,
  NoteRecorded,
  OutlineRecorded,
  RunArchived,
  RunReopened
} from './run.js';
import type { OutputsRecorded } from '../notebook/output.js';
import type { PolicyRead } from '../holds/policy.js';
import type { TornLineSetAside } from '../state/torn-line.js';

export type * from './attempts.js';
export type * from './effects.js';
export type * from './people.js';
export type * from './rehearsals.js';
export type * from './resume.js';
export type * from './rollbacks.js';
export type * from './run.js';

/** What a writer hands to the journal. */
export type RecordBody =
  | JournalOpened
  | KernelStarted
  | ExecutorReplaced
  | OutlineRecorded
  | AttemptStarted
  | AttemptEnded
  | OrderWaived
  | SecondRunAllowed
  | OutputsRecorded
  | TornLineSetAside
  | EffectStarted
  | EffectEnded
  | EffectPlanned
  | EffectRefused
  | PeopleRecord
  | PhaseAdmitted
  | PhaseReleased
  | PolicyRead
  | CheckpointReached
  | RollbackRegistered
  | RollbackValues
  | RollbackStarted
  | RollbackEnded
  | UndoingStarted
  | UndoingStopped
  | RolledBack
  | Rewound
  | NoteRecorded
  | RunArchived
  | RunReopened
  | ClockAccepted
  | ResumeStarted
  | StepContinued
  | StepReplayed
  | ResumeEnded
  | RecoveryDiscarded
  | EffectJudged
  | StepSkipped;

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
