// `poll`: asks again and again until something holds, which everybody can see.
import { formatCount, formatDuration } from '../../contract/base/format.js';
import type { Json } from '../../contract/base/json.js';
import { ports } from '../context.js';
import { parseDuration, writeDuration, type Duration } from '../duration.js';
import { performEffect } from '../effect/effect.js';
import { showingIn } from '../effect/output-place.js';
import { WaitFailedError } from './wait-failed-error.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import { recordable } from '../recordable.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { callback, duration, json, jsonOf, required, text } from '../usage/rules.js';
import { runCheck, type Check } from './check.js';
import { ProgressBar } from './progress-bar.js';

/** How often and how long to ask. */
export interface PollOptions {
  /** Pause between the end of a check and the next one. @default '5s' */
  readonly every?: Duration;
  /** The last check begins at this time at the latest. @default '5m' */
  readonly timeout?: Duration;
  /** What is waited for, for reading. @default 'Waiting' */
  readonly name?: string;
  /** What a dry run gives back; nothing is asked there. @default true */
  readonly dryRun?: unknown;
}

/** What a check may answer when it does not hold yet. */
export type NotYet = false | null | undefined | 0 | '';

/**
 * Calls `fn` until it gives something other than false, null, undefined, 0 or an empty text, and resolves with that.
 * A helper that fails (the service is not there yet) means not yet; a mistake in `fn` or `check.abort(reason)` ends the wait.
 * A bar shows elapsed time, next check and deadline. An interrupt ends it at once.
 *
 * Recorded: on resume a wait that ended gives back its value, which must be JSON, and is not repeated.
 * @param options - How often and how long to ask, and the name for reading.
 * @throws {@link WaitFailedError} `poll.timed_out`, `poll.aborted`, `poll.interrupted`.
 * @throws {@link UsageError} listing every fault of the options; with code `poll.not_json` when the value would not come back the
 * same from the record.
 * @example
 * const version = await poll(async () => {
 *   const { version } = await http.get(`${url}/version`).json()
 *   return version === '2.4.0' && version
 * }, { every: '2s', timeout: '3m', name: 'Orders runs 2.4.0' }) // '2.4.0'
 */
export async function poll<T>(
  fn: (check: Check) => T | PromiseLike<T>,
  options: PollOptions = {}
): Promise<Exclude<T, NotYet>> {
  refuseFaults('poll', [
    ...faultsOfValue('The check', fn, required(callback)),
    ...faultsOfOptions(options, { every: duration, timeout: duration, name: text, dryRun: json })
  ]);
  const everyMs = parseDuration(options.every ?? '5s', 'every');
  const timeoutMs = parseDuration(options.timeout ?? '5m', 'timeout');
  const label = options.name ?? 'Waiting';
  const effect = {
    helper: 'poll',
    label,
    request: { everyMs, timeoutMs },
    plan: `${label}, asked every ${writeDuration(everyMs)} for up to ${writeDuration(timeoutMs)}`,
    empty: { value: jsonOf(options.dryRun ?? true), checks: 0 }
  };
  const recorded = await performEffect<{ value: Json; checks: number }>(effect, async () => {
    const { value, checks } = await ask(fn, label, everyMs, timeoutMs);
    return { outcome: 'passed', result: { value: recordable('poll.not_json', label, value), checks } };
  });
  return recorded.value as Exclude<T, NotYet>;
}

async function ask<T>(
  fn: (check: Check) => T | PromiseLike<T>,
  label: string,
  everyMs: number,
  timeoutMs: number
): Promise<{ readonly value: Exclude<T, NotYet>; readonly checks: number }> {
  const bar = new ProgressBar(label, timeoutMs);
  for (;;) {
    const output = bar.beginCheck();
    const leftMs = timeoutMs - bar.elapsedMs;
    const { checks: attempt, elapsedMs } = bar;
    const limitMs = Math.max(leftMs, everyMs, SHORTEST_CHECK_MS);
    const verdict = await showingIn(output, () => runCheck(fn, { attempt, elapsedMs, limitMs }));
    const remainingMs = timeoutMs - bar.elapsedMs;
    if (verdict.kind === 'passed') {
      bar.end(true, 'done');
      return { value: verdict.value as Exclude<T, NotYet>, checks: bar.checks };
    }
    if (verdict.kind === 'aborted') {
      throw failed(bar, label, 'poll.aborted', `was given up: ${verdict.words}`, verdict.cause);
    }
    if (verdict.kind === 'not-yet' && remainingMs <= 0) {
      const words = `did not hold within ${formatDuration(timeoutMs)}; the last check said: ${verdict.words}`;
      throw failed(bar, label, 'poll.timed_out', words);
    }
    const waitMs = Math.min(everyMs, Math.max(0, remainingMs));
    if (verdict.kind === 'not-yet') {
      bar.endCheck(waitMs, verdict.words);
    }
    if (verdict.kind === 'interrupted' || !(await sleepUnlessAborted(waitMs, ports().signal()))) {
      throw failed(bar, label, 'poll.interrupted', 'was interrupted');
    }
  }
}

/** A check that begins at the deadline still gets this long. */
const SHORTEST_CHECK_MS = 1000;

const HINTS: { readonly [code: string]: string } = {
  'poll.timed_out': 'Look at what is waited for, or raise the option timeout.',
  'poll.aborted': 'The check ended the wait: fix what it names and run the cell again.',
  'poll.interrupted': 'Run the cell again to continue waiting.'
};

function failed(
  bar: ProgressBar,
  label: string,
  code: string,
  words: string,
  cause?: unknown
): WaitFailedError {
  bar.end(false, words);
  const { checks, elapsedMs: durationMs } = bar;
  return new WaitFailedError(`“${label}” ${words} (${formatCount(checks, 'check')})`, {
    code,
    hint: HINTS[code]!,
    cause,
    checks,
    durationMs
  });
}
