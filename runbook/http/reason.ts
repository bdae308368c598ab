// Why a request failed: the first reason that holds, with numbers and units.
import { formatDuration } from '../../contract/base/format.js';
import { formatBytes } from '../byte-size.js';
import type { ExchangeFacts } from './result.js';

/** One reason with its stable code and what to do next. */
export interface RequestFailure {
  readonly code:
    | 'http.interrupted'
    | 'http.timed_out'
    | 'http.unreachable'
    | 'http.too_large'
    | 'http.until_timed_out'
    | 'http.unexpected_body'
    | 'http.broken_off'
    | 'http.unexpected_status';
  /** Follows "GET http://…". */
  readonly words: string;
  readonly hint: string;
  /** Further lines, one fault each. */
  readonly details?: readonly string[];
}

/** What was asked for, to be held against what came. */
export interface Awaited {
  /** Statuses in words. */
  readonly status: string;
  readonly limitBytes: number;
  /** The time-out of `.until()`, or null. */
  readonly untilMs: number | null;
}

/** The reason of a failed exchange. */
export function failureReasonOf(facts: ExchangeFacts, awaited: Awaited): RequestFailure {
  const { untilMs } = awaited;
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
      words: `did not answer as expected within ${formatDuration(untilMs)} (${facts.attempts} requests, last: ${last})`,
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
      words: `answered with more than ${formatBytes(awaited.limitBytes)}`,
      hint: 'Ask for less, raise the option limit, or fetch it with a command that writes to a file.'
    };
  }
  if (facts.status === null) {
    return {
      code: 'http.unreachable',
      words: `got no answer: ${facts.problem ?? 'the connection failed'}`,
      hint: 'Check the address, that the service runs, and that this machine may reach it.'
    };
  }
  if (facts.problem !== null) {
    return {
      code: 'http.broken_off',
      words: `answered with status ${facts.status}, but the body broke off after ${formatBytes(facts.bytes)}: ${facts.problem}`,
      hint: 'The request may have had its effect: check before sending it again.'
    };
  }
  if (facts.issues.length > 0) {
    return {
      code: 'http.unexpected_body',
      words: `answered with status ${facts.status} and a body that does not fit the schema`,
      details: facts.issues,
      hint: 'Compare the service with the option schema: one of the two has changed.'
    };
  }
  const later = facts.headers['retry-after'];
  return {
    code: 'http.unexpected_status',
    words: `answered with status ${facts.status} after ${duration}${facts.attempts > 1 ? ` and ${facts.attempts} requests` : ''}, expected ${awaited.status}`,
    hint:
      later === undefined
        ? 'Statuses that are fine can be named with the option expect.'
        : `The service asks to come back later (Retry-After: ${later}).`
  };
}
