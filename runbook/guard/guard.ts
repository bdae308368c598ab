// `guard`: a change that runs only as long as a condition holds, as a guarded rollout does. The condition is watched beside the change.
import { showingIn } from '../effect/output-place.js';
import { shortReason } from '../errors/short-reason.js';
import { WatchOutput } from './watch-output.js';
import { ports } from '../context.js';
import { parseDuration, type Duration } from '../duration.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import { rollback } from '../rollback.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { callback, count, duration, required, rule, text } from '../usage/rules.js';
import { GuardBreachedError } from './guard-breached-error.js';

/** What is watched beside a change, and what happens when it does not hold. */
export interface GuardOptions {
  /** Throws, or gives false, when something is wrong. Called at once, and again `every` after each answer. */
  readonly while: (look: { readonly attempt: number }) => unknown;
  /** Pause between the end of a look and the next one. @default '10s' */
  readonly every?: Duration;
  /** How many looks in a row must say no before the condition counts as breached. @default 1 */
  readonly failures?: number;
  /**
   * `stop`: the change is ended and the step fails. `roll-back`: the undo steps that are registered since the guard began run then,
   * the newest first. `ask`: people are asked whether the change may go on, which it does meanwhile; a rejection stops it.
   * @default 'stop'
   */
  readonly onBreach?: 'stop' | 'roll-back' | 'ask';
  /** Who is asked with `ask`, by username or group. @default anybody whom the policy lets decide */
  readonly approvers?: readonly string[];
}

/**
 * Does `change` while a condition holds, and gives its value. When the condition is breached, the change is ended, its end is recorded,
 * and the step fails.
 *
 * Repeated: on resume `change` is called again, and helpers inside it give back what they have recorded; the condition is watched again.
 *
 * @param name - Of the change, for reading; not empty.
 * @param options - The condition, how often it is looked at, and what its breach leads to.
 * @throws {@link GuardBreachedError} with code `guard.breached` after the change has ended.
 * @throws whatever `change` throws; the watch ends with it.
 * @throws {@link UsageError} listing every fault of the call. Nothing is begun.
 * @example
 * await guard('Canary of orders', () => $`fleetctl deploy orders --canary 10`, {
 *   while: () => splunk.search().index('fleet').where({ level: 'ERROR' }).earliest('-1m').expectBelow(5),
 *   every: '15s',
 *   onBreach: 'roll-back'
 * }) // CommandResult { exitCode: 0, … }
 */
export async function guard<T>(
  name: string,
  change: () => T | PromiseLike<T>,
  options: GuardOptions
): Promise<T> {
  refuseFaults('guard', [
    ...faultsOfValue('The name', name, required(text)),
    ...faultsOfValue('The change', change, required(callback)),
    ...faultsOfOptions(options, {
      while: required(callback),
      every: duration,
      failures: count(1),
      onBreach: reaction,
      approvers: rule('a list of names', value => Array.isArray(value))
    })
  ]);
  return ports().during(`guard ${name}`, () => watchedChange(name, change, options));
}

async function watchedChange<T>(
  name: string,
  change: () => T | PromiseLike<T>,
  { onBreach = 'stop', ...options }: GuardOptions
): Promise<T> {
  if (ports().mode === 'dry-run') {
    return change();
  }
  const known = new Set(rollback.plan().map(step => step.name));
  const changing = ports().branch(async () => change(), { outlivesCell: false });
  let breach: Breach | null = null;
  const watching = ports().branch(
    async () => {
      for (;;) {
        breach = await untilBreached(name, options);
        if (
          breach === null ||
          onBreach !== 'ask' ||
          !(await mayGoOn(name, breach.reason, options.approvers ?? []))
        ) {
          break;
        }
        breach = null;
      }
      if (breach !== null) {
        changing.stop(new GuardBreachedError(name, breach.reason, false, breach.cause));
      }
    },
    { outlivesCell: false }
  );
  const watched = watching.result.catch(() => undefined); // what ends the watch itself is the end of the step
  const ended = await changing.result.then(
    value => ({ value }),
    (error: unknown) => ({ error })
  );
  watching.stop(new Error('The change has ended.'));
  await watched;
  // Read after the watch has ended: a breach that was seen while the change came to its end counts too.
  const seen = breach as Breach | null;
  if (seen === null) {
    if ('error' in ended) {
      throw ended.error;
    }
    return ended.value;
  }
  if (onBreach === 'roll-back') {
    const steps = rollback.plan().map(step => step.name);
    await rollback.run({ steps: steps.filter(step => !known.has(step)) });
  }
  throw new GuardBreachedError(name, seen.reason, onBreach === 'roll-back', seen.cause);
}

/** Why the condition does not hold. */
interface Breach {
  readonly reason: string;
  readonly cause: unknown;
}

/** Looks until the condition has not held often enough in a row; null when the watch was ended. */
async function untilBreached(
  name: string,
  options: Pick<GuardOptions, 'while' | 'every' | 'failures'>
): Promise<Breach | null> {
  const everyMs = parseDuration(options.every ?? '10s', 'every');
  const signal = ports().signal();
  const shown = new WatchOutput(name);
  let failures = 0;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const found = await shown.show(attempt, output => showingIn(output, () => look(options.while, attempt)));
    if (signal.aborted) {
      return null;
    }
    failures = found === null ? 0 : failures + 1;
    if (found !== null && failures >= (options.failures ?? 1)) {
      return found;
    }
    await sleepUnlessAborted(everyMs, signal);
  }
  return null;
}

async function look(condition: GuardOptions['while'], attempt: number): Promise<Breach | null> {
  try {
    return (await condition({ attempt })) === false ? { reason: 'it gave false', cause: undefined } : null;
  } catch (error) {
    return { reason: shortReason(error), cause: error };
  }
}

async function mayGoOn(name: string, reason: string, approvers: readonly string[]): Promise<boolean> {
  try {
    await ports().people.approve({
      name: `${name}: go on?`,
      question: `The condition of “${name}” does not hold: ${reason}. May the change go on? A rejection stops it.`,
      approvers,
      evidence: [{ label: 'Condition', text: reason }],
      timeoutMs: null
    });
    return true;
  } catch {
    return false;
  }
}

const reaction = rule('stop, roll-back or ask', value =>
  ['stop', 'roll-back', 'ask'].includes(value as string)
);
