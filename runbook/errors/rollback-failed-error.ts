// An undo step failed, so the rollback stopped.
import { LaunchbookError, toErrorRecord } from '../../contract/base/error.js';

/**
 * Thrown when an undo step fails. Code `rollback.failed`. Names the step, its error, and what has not been undone.
 * The steps that were undone before stay undone; running the rollback again begins with the failed one.
 */
export class RollbackFailedError extends LaunchbookError {
  /** Name of the undo step that failed. */
  readonly step: string;
  /** Names of the undo steps that have not run, the failed one first. */
  readonly remaining: readonly string[];

  constructor(step: string, done: readonly string[], remaining: readonly string[], cause: unknown) {
    const list = (names: readonly string[]): string => names.map(name => `\n  ${name}`).join('');
    const reason = toErrorRecord(cause).message;
    super(
      `The rollback stopped at '${step}': ${reason}\nUndone before:${list(done) || ' nothing'}\nNot undone:${list(remaining)}`,
      {
        code: 'rollback.failed',
        hint: 'Fix the cause and run the rollback again: it continues with what is not undone.',
        cause,
        fields: { step, reason, done, remaining }
      }
    );
    this.step = step;
    this.remaining = remaining;
  }
}
