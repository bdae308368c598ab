// Records of the way back: checkpoints and undo steps.
import type { ErrorRecord } from '../base/error.js';
import type { KeptText } from '../base/kept-text.js';
import type { Person } from '../base/person.js';
import type { Outcome } from '../base/run.js';

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
  /** What it will use. Absent in journals of earlier versions. */
  readonly values?: readonly KeptText[];
}

/** A cell was evaluated again, as a resume does, and its undo step has kept other values than before: what depends on time may differ. */
export interface RollbackValues {
  readonly kind: 'rollback-values';
  readonly rollback: string;
  readonly values: readonly KeptText[];
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

/** A person rolls back: what follows up to `rolled-back` or `undoing-stopped` is the work of undo steps. */
export interface UndoingStarted {
  readonly kind: 'undoing-started';
  /** Name of the checkpoint to which the run goes back; null when it goes back to before a step. */
  readonly checkpoint: string | null;
  /** Id of the step before which it will be; null for a checkpoint, and for before the first step. */
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
  /** Name of the checkpoint at which the run is now, or null. Absent in journals of earlier versions, which wrote {@link Rewound}. */
  readonly checkpoint?: string | null;
  /** Id of the step before which the run is now; null for a checkpoint, and for before the first step. */
  readonly step: string | null;
  readonly by: Person;
  readonly reason: string;
  /** Ids of the steps that became stale. */
  readonly steps: readonly string[];
  /** Ids of the approvals that fell. */
  readonly approvals: readonly string[];
}

/** A person went back to a checkpoint. Earlier versions wrote it; it is read, and `rolled-back` is written in its place. */
export interface Rewound {
  readonly kind: 'rewound';
  readonly checkpoint: string;
  readonly by: Person;
  /** Nobody had to give one. */
  readonly reason: string;
  /** Ids of the steps that became stale. */
  readonly steps: readonly string[];
  /** Ids of the approvals that fell. */
  readonly approvals: readonly string[];
}
