// Where a run goes back to.
import { isTextOrNull } from './checks.js';

/** Before a step, or to a checkpoint. Both null: before the first step, so that the whole run is undone. Never both. */
export interface RollbackTarget {
  /** Name of a checkpoint: the newest that has this name. */
  readonly checkpoint: string | null;
  /** Id of a step. */
  readonly step: string | null;
}

/** Before the first step. */
export const WHOLE_RUN: RollbackTarget = { checkpoint: null, step: null };

/** True for a well-formed target that came from another program. */
export function isRollbackTarget(value: unknown): boolean {
  const { checkpoint, step } = (value ?? {}) as RollbackTarget;
  return isTextOrNull(checkpoint) && isTextOrNull(step) && (checkpoint === null || step === null);
}
