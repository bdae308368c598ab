// The condition of a guard did not hold while the change ran.
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown by `guard` when its condition is breached. Code `guard.breached`. The change was stopped; what it had done stays done, unless
 * the guard was to roll back.
 */
export class GuardBreachedError extends LaunchbookError {
  /** What the condition said. */
  readonly reason: string;
  /** True when the undo steps of the step have run. */
  readonly isRolledBack: boolean;

  constructor(name: string, reason: string, isRolledBack: boolean, cause: unknown) {
    super(
      `“${name}” was stopped, because its condition did not hold: ${reason}${isRolledBack ? ' What the step had registered to undo was undone.' : ''}`,
      {
        code: 'guard.breached',
        hint: isRolledBack
          ? 'Look at what the condition named before you begin the step again.'
          : 'Look how far the change got, then fix the cause and continue, or roll back.',
        ...(cause === undefined ? {} : { cause }),
        fields: { reason, isRolledBack }
      }
    );
    this.reason = reason;
    this.isRolledBack = isRolledBack;
  }
}
