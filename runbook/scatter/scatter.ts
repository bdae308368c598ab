// `scatter`: the same work on many machines or services, a few at a time, with a table that follows it.
import { toErrorRecord } from '../../contract/base/error.js';
import { visibleLine } from '../../contract/base/escape.js';
import { stopwatch } from '../stopwatch.js';
import { shortReasonOf } from '../errors/short-reason.js';
import { ports } from '../context.js';
import { inLane } from '../effect/effect-place.js';
import { displayHere, showingIn } from '../effect/output-place.js';
import { laneDisplay } from './lane-display.js';
import { ScatterFailedError } from './scatter-failed-error.js';
import { knownSecrets, maskText } from '../redact.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { callback, count, flag, isPlainObject, required, rule } from '../usage/rules.js';
import { ProgressTable } from './progress-table.js';
import { toScatterResult, type ScatterItem, type ScatterResult } from './result.js';

/** How the work is spread. */
export interface ScatterOptions<T> {
  /** How many items run at the same time. @default 5 */
  readonly concurrency?: number;
  /** After the first failure no further item begins; those that run are finished. @default false */
  readonly failFast?: boolean;
  /** Gives the result back although items failed, instead of throwing. @default false */
  readonly collect?: boolean;
  /** Name of an item in the table. @default the item itself when it is a text, or its `name`, `host`, `service` or `id` */
  readonly name?: (item: T) => string;
}

/**
 * Calls `work` for every item, a few at a time. All items get their turn, unless `failFast` is given.
 *
 * Repeated: on resume `work` is called again; helpers inside it give back what they have recorded.
 *
 * @param items - Anything that can be looped over.
 * @param options - How many at a time, and what a failure means for the others.
 * @throws {@link ScatterFailedError} when an item failed (unless `collect` is given) or the cell was interrupted.
 * @throws {@link UsageError} listing every fault. Nothing is called.
 * @example
 * const restarts = await scatter(['web-1', 'web-2', 'web-3'], host => $`ssh ${host} restart`, { concurrency: 2, collect: true })
 * restarts.failed              // true
 * await restarts.retryFailed() // calls `work` for web-2 alone, which had failed
 */
export async function scatter<T, R>(
  items: Iterable<T>,
  work: (item: T, index: number) => R | PromiseLike<R>,
  options: ScatterOptions<T> = {}
): Promise<ScatterResult<T, Awaited<R>>> {
  refuseFaults('scatter', [
    ...faultsOfValue('The list of items', items, required(listOfItems)),
    ...faultsOfValue('The work', work, required(callback)),
    ...faultsOfOptions(options, { concurrency: count(1), failFast: flag, collect: flag, name: callback })
  ]);
  const fresh = [...items].map((item, index): ScatterItem<T, Awaited<R>> => ({
    item,
    // It stands before each line of the item.
    name: visibleLine(options.name?.(item) ?? nameOf(item, index)),
    status: 'skipped',
    value: undefined,
    error: null,
    durationMs: 0,
    attempts: 0
  }));
  return ports().during(`scatter over ${fresh.length} items`, () => spread(fresh, work, options));
}

async function spread<T, R>(
  before: readonly ScatterItem<T, Awaited<R>>[],
  work: (item: T, index: number) => R | PromiseLike<R>,
  options: ScatterOptions<T>
): Promise<ScatterResult<T, Awaited<R>>> {
  const { default: PQueue } = await import('p-queue');
  const interrupt = ports().signal();
  const elapsedMs = stopwatch();
  const after = before.map(item =>
    item.status === 'passed' ? item : { ...item, status: 'skipped' as const, error: null }
  );
  const table = new ProgressTable(
    after.map(({ name, status, durationMs }) => ({
      name,
      status: status === 'passed' ? status : 'waiting',
      durationMs,
      note: ''
    }))
  );
  const outer = displayHere();
  const names = after.map(({ name }) => name);
  const queue = new PQueue({ concurrency: options.concurrency ?? 5 });
  let isStopped = false;
  const perform = async (index: number): Promise<void> => {
    if (isStopped || interrupt.aborted) {
      table.set(index, { status: 'skipped' });
      return;
    }
    table.set(index, { status: 'running' });
    const item = after[index]!;
    const lane = laneDisplay(item.name, names, outer);
    const done = await showingIn(lane, () => callOnce(item, index, work));
    lane.end();
    after[index] = done;
    isStopped ||= done.status === 'failed' && options.failFast === true;
    const note = maskText(done.error === null ? '' : shortReasonOf(done.error), knownSecrets());
    table.set(index, { status: done.status, durationMs: done.durationMs, note });
  };
  await queue.addAll(
    after.flatMap((item, index) => (item.status === 'passed' ? [] : [() => perform(index)]))
  );
  table.end();
  const result = toScatterResult(after, elapsedMs(), last => spread(last.items, work, options));
  if (interrupt.aborted || (result.failed && options.collect !== true)) {
    throw new ScatterFailedError(result, interrupt.aborted);
  }
  return result;
}

async function callOnce<T, R>(
  item: ScatterItem<T, Awaited<R>>,
  index: number,
  work: (item: T, index: number) => R | PromiseLike<R>
): Promise<ScatterItem<T, Awaited<R>>> {
  const elapsedMs = stopwatch();
  const attempts = item.attempts + 1;
  try {
    const value = await inLane(`${index}:${item.name}`, () => work(item.item, index));
    return { ...item, status: 'passed', value, error: null, durationMs: elapsedMs(), attempts };
  } catch (thrown) {
    return {
      ...item,
      status: 'failed',
      value: undefined,
      error: toErrorRecord(thrown),
      durationMs: elapsedMs(),
      attempts
    };
  }
}

function nameOf(item: unknown, index: number): string {
  if (typeof item === 'string' || typeof item === 'number') {
    return String(item);
  }
  const named = isPlainObject(item) ? ['name', 'host', 'service', 'id'].map(key => item[key]) : [];
  const name = named.find(value => typeof value === 'string' || typeof value === 'number');
  return name === undefined ? `item ${index + 1}` : String(name);
}

const listOfItems = rule(
  'a list',
  value => typeof value === 'object' && value !== null && Symbol.iterator in value
);
