// One machine of `$.on`: the result of its command.
import type { CommandFailedError } from './command-failed-error.js';
import type { CommandResult } from './result.js';

/** The result of one machine. */
export interface HostResult {
  /** As `$.on` was given it. */
  readonly host: string;
  /** Null when it failed. */
  readonly result: CommandResult | null;
  /** Null when it passed. A `CommandFailedError` has the fields of a result. */
  readonly error: CommandFailedError | null;
}
