// Why a request failed: the first reason that holds, with numbers and units.
import { formatDuration } from '../../contract/format.js';
import { BODY_LIMIT_BYTES, type ExchangeFacts } from './result.js';

/** One reason with its stable code and what to do next. */
export interface RequestFailure {
  readonly code:
    | 'http.interrupted'
    | 'http.timed_out'
    | 'http.unreachable'
    | 'http.too_large'
    | 'http.until_timed_out'
    | 'http.unexpected_status';
  /** Follows "GET http://…". */
  readonly words: string;
  readonly hint: string;
}

/** The reason of a failed exchange. `untilMs` is the time-out of `.until()`, when it was one. */
export function failureReasonOf(
  facts: ExchangeFacts,
  expected: string,
  untilMs: number | null
): RequestFailure {
  const duration = formatDuration(facts.durationMs);
  const last = facts.status === null ? (facts.problem ?? 'no answer') : `status ${facts.status}`;
  if (facts.isInterrupted) {
    return {
      code: 'http.interrupted',
      words: `was interrupted after ${duration}`,
      hint: 'The service may have acted on it: check before sending it again.'
    };
  }
  if (untilMs !== null) {
    return {
      code: 'http.until_timed_out',
      words: `did not answer as awaited within ${formatDuration(untilMs)} (${facts.attempts} requests, last: ${last})`,
      hint: 'Look at the service itself, or raise the option timeout of .until().'
    };
  }
  if (facts.timedOut) {
    return {
      code: 'http.timed_out',
      words: `did not answer in time: stopped after ${duration}`,
      hint: 'Raise the option timeout, or look at the service itself.'
    };
  }
  if (facts.isTooLarge) {
    return {
      code: 'http.too_large',
      words: `answered with more than ${BODY_LIMIT_BYTES.toLocaleString('en-US')} bytes`,
      hint: 'Ask for less, or fetch it with a command that writes to a file.'
    };
  }
  if (facts.status === null) {
    return {
      code: 'http.unreachable',
      words: `got no answer: ${facts.problem ?? 'the connection failed'}`,
      hint: 'Check the address, that the service runs, and that this machine may reach it.'
    };
  }
  return {
    code: 'http.unexpected_status',
    words: `answered with status ${facts.status} after ${duration}, expected ${expected}`,
    hint: 'Statuses that are fine can be named with the option expect.'
  };
}
