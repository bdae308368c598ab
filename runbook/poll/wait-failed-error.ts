// A wait ended without what was waited for.
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown by `poll` and `soak`. Codes: `poll.timed_out` (with what the last check said), `poll.aborted` (a check gave up),
 * `poll.interrupted`, `soak.failed` (a check did not hold), `soak.interrupted`.
 */
export class WaitFailedError extends LaunchbookError {
  /** Checks made. */
  readonly checks: number;
  /** Milliseconds from the beginning of the wait to its end. */
  readonly durationMs: number;

  constructor(
    message: string,
    details: {
      readonly code: string;
      readonly hint: string;
      readonly cause?: unknown;
      readonly checks: number;
      readonly durationMs: number;
    }
  ) {
    const { checks, durationMs } = details;
    super(message, { ...details, fields: { checks, durationMs } });
    this.checks = checks;
    this.durationMs = durationMs;
  }
}
