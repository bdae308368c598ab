// One check of a wait: what it is given, and what its answer or error means.
import { isLaunchbookError } from '../../contract/base/error.js';
import { ports } from '../context.js';
import { shortReason } from '../errors/short-reason.js';
import { jsonText } from '../text/cell-text.js';

/** What a check is told, and its way to give up. */
export interface Check {
  /** 1-based. */
  readonly attempt: number;
  /** Since the wait began, in milliseconds. */
  readonly elapsedMs: number;
  /** Aborts when the cell is interrupted or the check has taken too long. */
  readonly signal: AbortSignal;
  /**
   * Ends the wait as failed: what is waited for cannot happen any more.
   *
   * @param reason - Why, for reading.
   * @throws always, so that nothing after it in the check runs; `poll` then fails with code `poll.aborted`.
   * @example
   * await poll(async check => (await isReady()) || (check.attempt > 9 && check.abort('it is not on its way')))
   * // WaitFailedError poll.aborted at the tenth check: it is not on its way
   */
  abort(reason: string): never;
}

/** The result of a check. */
export type Verdict<T> =
  | { readonly kind: 'passed'; readonly value: T }
  | { readonly kind: 'not-yet'; readonly words: string }
  | { readonly kind: 'aborted'; readonly words: string; readonly cause: unknown }
  | { readonly kind: 'interrupted' };

class Abort extends Error {}

/** Runs `fn` once, for at most `limitMs`. Never rejects. */
export async function runCheck<T>(
  fn: (check: Check) => T | PromiseLike<T>,
  facts: { readonly attempt: number; readonly elapsedMs: number; readonly limitMs: number }
): Promise<Verdict<T>> {
  const interrupt = ports().signal();
  const overdue = new AbortController();
  const signal = AbortSignal.any([interrupt, overdue.signal]);
  const abort = (reason: string): never => {
    throw new Abort(reason);
  };
  const { attempt, elapsedMs, limitMs } = facts;
  const timer = setTimeout(() => overdue.abort(), limitMs);
  try {
    signal.throwIfAborted();
    const ended = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('The check did not end in time.')), {
        once: true
      })
    );
    const value = await Promise.race([fn({ attempt, elapsedMs, signal, abort }), ended]);
    return value ? { kind: 'passed', value } : { kind: 'not-yet', words: wordsOf(value) };
  } catch (error) {
    return interrupt.aborted ? { kind: 'interrupted' } : verdictOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A service that is not there yet fails; a mistake in the code of the check does not become better by waiting. */
function verdictOf(error: unknown): Verdict<never> {
  const words = shortReason(error);
  if (error instanceof Abort) {
    return { kind: 'aborted', words, cause: undefined };
  }
  return isMistake(error) ? { kind: 'aborted', words, cause: error } : { kind: 'not-yet', words };
}

function isMistake(error: unknown): boolean {
  if (isLaunchbookError(error)) {
    return error.code.startsWith('usage.');
  }
  const { name, cause } = (error ?? {}) as { readonly name?: unknown; readonly cause?: unknown };
  return (
    ['ReferenceError', 'SyntaxError', 'RangeError'].includes(String(name)) ||
    // `fetch` tells a network failure as a TypeError with a cause.
    (name === 'TypeError' && cause === undefined)
  );
}

/** A check that says no more than no is told as `not yet`; another false value, such as 0, says something. */
function wordsOf(value: unknown): string {
  return value === undefined || value === null || value === false ? 'not yet' : jsonText(value, 0);
}
