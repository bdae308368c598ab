// `record`: any function of one's own as an effect, so that its result is kept and a resume does not call it twice.
import { ports } from './context.js';
import { performEffect } from './effect/effect.js';
import { recordable } from './recordable.js';
import { afterGrace, untilAborted } from './until-aborted.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from './usage/check-options.js';
import { callback, json, jsonOf, required, text } from './usage/rules.js';

/** What stands for the result where `fn` is not called. */
export interface RecordOptions {
  /** What a dry run gives back; `fn` is not called there. JSON. @default nothing */
  readonly dryRun?: unknown;
}

/**
 * Calls `fn` and records its result, which must be JSON (or nothing).
 *
 * Where the step fails meanwhile, or is interrupted, `fn` is not waited for longer than 3 s, or not at all: the end is inconclusive then.
 *
 * Recorded: on resume the recorded result is given back, or the recorded error thrown, and `fn` is not called.
 * @param name - What is done, for reading; not empty.
 * @param options - What a dry run gives back in place of calling `fn`.
 * @throws whatever `fn` throws, recorded as failed.
 * @throws {@link UsageError} with code `record.not_json` when the result would not come back the same from the record.
 * @example
 * const token = await record('change number', () => changes.open({ title: 'Release 2.4.0' })) // 'CHG-4711'
 */
export async function record<T>(
  name: string,
  fn: () => T | PromiseLike<T>,
  options: RecordOptions = {}
): Promise<T> {
  refuseFaults('record', [
    ...faultsOfValue('The name', name, required(text)),
    ...faultsOfValue('The function', fn, required(callback)),
    ...faultsOfOptions(options, { dryRun: json })
  ]);
  const effect = { helper: 'record', label: name, request: { name }, empty: jsonOf(options.dryRun) };
  const { signal, interruptSignal } = ports();
  const called = (): Promise<T> => untilAborted(afterGrace(signal(), interruptSignal()), fn);
  const result = await performEffect(effect, async () => ({
    outcome: 'passed' as const,
    result: recordable('record.not_json', name, await called())
  }));
  return (result ?? undefined) as T;
}
