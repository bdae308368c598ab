// Records of the way back: checkpoints and undo steps.
import type { ErrorRecord } from '../error.js';
import type { Person } from '../person.js';
import type { Outcome } from '../run.js';

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

/** A person goes back: what follows up to `rolled-back`, `rewound` or `undoing-stopped` is the work of undo steps. */
export interface UndoingStarted {
  readonly kind: 'undoing-started';
  /** The checkpoint to which the run goes back, or null. */
  readonly checkpoint: string | null;
  /** Id of the step before which the run goes back; null for a checkpoint, and for before the first step. */
  readonly step: string | null;
  /** Ids of the undo steps, in the order in which they run. */
  readonly rollbacks: readonly string[];
  readonly by: Person;
  readonly reason: string;
}

/** It came to no end: an undo step failed, or was interrupted. The rest can be undone later. */
export interface UndoingStopped {
  readonly kind: 'undoing-stopped';
  readonly error: ErrorRecord;
}

/** A person rolled back: the undo steps have run, and the steps that they undid are stale. */
export interface RolledBack {
  readonly kind: 'rolled-back';
  /** Id of the step before which the run is now; null for before the first. */
  readonly step: string | null;
  readonly by: Person;
  readonly reason: string;
  /** Ids of the steps that became stale. */
  readonly steps: readonly string[];
  /** Ids of the approvals that fell. */
  readonly approvals: readonly string[];
}
