// Records of the way back: checkpoints and undo steps.
import type { ErrorRecord } from '../error.js';
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
