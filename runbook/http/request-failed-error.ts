// A request ended badly.
import { LaunchbookError } from '../../contract/base/error.js';
import { failureReasonOf, type Awaited } from './reason.js';
import type { ExchangeFacts } from './result.js';

/**
 * Thrown when a request did not end as expected. Codes: `http.unexpected_status`, `http.timed_out`, `http.unreachable`,
 * `http.too_large`, `http.interrupted`, `http.until_timed_out`, `http.unexpected_body`, `http.broken_off`.
 * Has every field of {@link ExchangeFacts}.
 * Not thrown for a wrong call, which is a `UsageError`.
 */
export class RequestFailedError extends LaunchbookError {
  constructor(facts: ExchangeFacts, awaited: Awaited) {
    const reason = failureReasonOf(facts, awaited);
    const body = facts.body.trim();
    super(
      [
        `${facts.method} ${facts.url} ${reason.words}.`,
        ...(reason.details ?? []).map(detail => `  ${detail}`),
        ...(body === '' ? [] : ['The answer begins:', `  ${body.slice(0, 600).replace(/\n/g, '\n  ')}`])
      ].join('\n'),
      {
        code: reason.code,
        hint: reason.hint,
        fields: {
          method: facts.method,
          url: facts.url,
          status: facts.status,
          bytes: facts.bytes,
          durationMs: facts.durationMs,
          attempts: facts.attempts
        }
      }
    );
    Object.assign(this, facts, { failed: true });
  }
}

/** The facts of the exchange that failed. */
export interface RequestFailedError extends ExchangeFacts {}
