// A check asked a question and the answer was no.
import { LaunchbookError } from '../../contract/base/error.js';
import type { JsonObject } from '../../contract/base/json.js';

/** Thrown when a check such as `.expectNone()` does not hold. Code `check.failed`. Not thrown when the check could not be made. */
export class CheckFailedError extends LaunchbookError {
  constructor(
    message: string,
    fields: JsonObject,
    hint = 'Look at the rows above, then decide: fix and run again, or roll back.'
  ) {
    super(message, { code: 'check.failed', hint, fields });
  }
}
