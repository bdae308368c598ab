// A request ended badly.
import { LaunchbookError } from '../../contract/error.js';
import { failureReasonOf, type Awaited } from '../http/reason.js';
import type { ExchangeFacts } from '../http/result.js';

/**
 * Thrown when a request did not end as expected. Codes: `http.unexpected_status`, `http.timed_out`, `http.unreachable`,
 * `http.too_large`, `http.interrupted`, `http.until_timed_out`, `http.unexpected_body`, `http.broken_off`.
 * Has every field of {@link ExchangeFacts}.
 * Not thrown for a wrong call, which is a `UsageError`.
 */
export class RequestFailedError extends LaunchbookError implements ExchangeFacts {
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly bytes: number;
  readonly durationMs: number;
  readonly attempts: number;
  readonly failed: boolean;
  readonly timedOut: boolean;
  readonly isInterrupted: boolean;
  readonly isTooLarge: boolean;
  readonly isTruncated: boolean;
  readonly problem: string | null;
  readonly issues: readonly string[];

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
    this.method = facts.method;
    this.url = facts.url;
    this.status = facts.status;
    this.headers = facts.headers;
    this.body = facts.body;
    this.bytes = facts.bytes;
    this.durationMs = facts.durationMs;
    this.attempts = facts.attempts;
    this.failed = true;
    this.timedOut = facts.timedOut;
    this.isInterrupted = facts.isInterrupted;
    this.isTooLarge = facts.isTooLarge;
    this.isTruncated = facts.isTruncated;
    this.problem = facts.problem;
    this.issues = facts.issues;
  }
}
