// `soak`: lets time pass while a check keeps holding, which everybody can see.
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import { ports } from '../context.js';
import { parseDuration, writeDuration, type Duration } from '../duration.js';
import { performEffect } from '../effect/effect.js';
import { showingIn } from '../effect/output-place.js';
import { shortReason } from '../errors/short-reason.js';
import { untilAborted } from '../until-aborted.js';
import { WaitFailedError } from './wait-failed-error.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { callback, duration, required, text } from '../usage/rules.js';
import { ProgressBar } from './progress-bar.js';

/** What is watched while time passes. */
export interface SoakOptions {
  /** Pause between the end of a check and the next one. @default '30s' */
  readonly every?: Duration;
  /** Throws, or gives false, when something is wrong: the soak ends at once. @default none: only time passes */
  readonly check?: (check: { readonly attempt: number; readonly elapsedMs: number }) => unknown;
  /** What is observed, for reading. @default 'Soak' */
  readonly name?: string;
}

/** How a soak went. */
export interface SoakResult {
  /** Checks made; 0 without the option `check`. */
  readonly checks: number;
  /** Milliseconds from the beginning to the end. */
  readonly durationMs: number;
}

/**
 * Waits for `length` while `check` holds: at the beginning, every `every`, and at the end. A bar shows how far it is.
 * An interrupt ends it at once.
 *
 * Recorded: on resume a soak that ended is not repeated; one that was cut off begins again.
 * @param options - What is checked and how often, and the name for reading.
 * @throws {@link WaitFailedError} `soak.failed` with what the check said, `soak.interrupted`.
 * @throws {@link UsageError} listing every fault.
 * @example
 * await soak('15m', { every: '1m', name: 'Errors stay low', check: () => errors.earliest('-1m').expectBelow(5) })
 * // { checks: 16, durationMs: 900213 }
 */
export async function soak(length: Duration, options: SoakOptions = {}): Promise<SoakResult> {
  refuseFaults('soak', [
    ...faultsOfValue('The length', length, required(duration)),
    ...faultsOfOptions(options, { every: duration, check: callback, name: text })
  ]);
  const lengthMs = parseDuration(length, 'length');
  const everyMs = parseDuration(options.every ?? '30s', 'every');
  const label = options.name ?? 'Soak';
  const checks = options.check ? `, checked every ${writeDuration(everyMs)}` : '';
  const effect = {
    helper: 'soak',
    label,
    request: { lengthMs, everyMs },
    plan: `${label}, for ${writeDuration(lengthMs)}${checks}`,
    empty: { checks: 0, durationMs: 0 }
  };
  const result = await performEffect(effect, async () => ({
    outcome: 'passed' as const,
    result: { ...(await watch(label, lengthMs, everyMs, options.check)) }
  }));
  return Object.freeze(result);
}

/**
 * Lets time pass until an instant, which everybody can see. An interrupt ends it at once.
 *
 * Recorded: on resume it is not repeated; one that was cut off begins again, and is over at the same time.
 * @param untilMs - Milliseconds since the epoch.
 * @param label - What is waited for, for reading.
 * @throws {@link WaitFailedError} with code `soak.interrupted`.
 */
export async function waitUntil(untilMs: number, label: string): Promise<void> {
  const until = new Date(untilMs).toISOString();
  const effect = {
    helper: 'soak',
    label,
    request: { until },
    plan: `${label}, until ${formatUtc(until)}`,
    empty: { checks: 0, durationMs: 0 }
  };
  await performEffect(effect, async () => {
    const leftMs = untilMs - ports().now();
    const result = leftMs > 0 ? await watch(label, leftMs, leftMs, undefined) : effect.empty;
    return { outcome: 'passed' as const, result: { ...result } };
  });
}

async function watch(
  label: string,
  lengthMs: number,
  everyMs: number,
  check: SoakOptions['check']
): Promise<SoakResult> {
  const bar = new ProgressBar(label, lengthMs, check !== undefined);
  for (;;) {
    const isLast = bar.elapsedMs >= lengthMs;
    await runSoakCheck(bar, label, check);
    if (isLast) {
      bar.end(true, 'nothing went wrong');
      return { checks: bar.checks, durationMs: bar.elapsedMs };
    }
    const waitMs = Math.min(check ? everyMs : Infinity, Math.max(0, lengthMs - bar.elapsedMs));
    bar.endCheck(waitMs, 'holds');
    if (!(await sleepUnlessAborted(waitMs, ports().signal()))) {
      throw interrupted(bar, label);
    }
  }
}

async function runSoakCheck(bar: ProgressBar, label: string, check: SoakOptions['check']): Promise<void> {
  if (!check) {
    return;
  }
  const output = bar.beginCheck();
  const interrupt = ports().signal();
  const answer = await untilAborted(interrupt, async () =>
    showingIn(output, () => check({ attempt: bar.checks, elapsedMs: bar.elapsedMs }))
  ).then(
    value => ({ isFine: value !== false, words: 'the check gave false', cause: undefined as unknown }),
    (cause: unknown) => ({ isFine: false, words: shortReason(cause), cause })
  );
  if (interrupt.aborted) {
    throw interrupted(bar, label);
  }
  if (!answer.isFine) {
    const { checks, elapsedMs: durationMs } = bar;
    bar.end(false, `did not hold: ${answer.words}`);
    throw new WaitFailedError(
      `“${label}” did not hold after ${formatDuration(durationMs)} (${formatCount(checks, 'check')}): ${answer.words}`,
      {
        code: 'soak.failed',
        hint: 'Look at what the check named, then decide: fix and soak again, or roll back.',
        cause: answer.cause,
        checks,
        durationMs
      }
    );
  }
}

function interrupted(bar: ProgressBar, label: string): WaitFailedError {
  bar.end(false, 'was interrupted');
  const { checks, elapsedMs: durationMs } = bar;
  return new WaitFailedError(`“${label}” was interrupted after ${formatDuration(durationMs)}`, {
    code: 'soak.interrupted',
    hint: 'Run the cell again.',
    checks,
    durationMs
  });
}
