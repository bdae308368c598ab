// Some items of a scatter did not pass.
import { formatCount } from '../../contract/base/format.js';
import { LaunchbookError } from '../../contract/base/error.js';
import { shortReasonOf } from '../errors/short-reason.js';
import type { ScatterResult } from './result.js';

/**
 * Thrown by `scatter` when items failed (code `scatter.failed`) or the cell was interrupted (code `scatter.interrupted`).
 * `result` has every item, and `result.retryFailed()` repeats those that did not pass.
 */
export class ScatterFailedError extends LaunchbookError {
  /** Every item with its status, value or error. */
  readonly result: ScatterResult<unknown, unknown>;

  constructor(result: ScatterResult<unknown, unknown>, isInterrupted: boolean) {
    const failed = result.items.filter(item => item.status === 'failed');
    const skipped = result.items.filter(item => item.status === 'skipped');
    const lines = failed
      .slice(0, 10)
      .map(({ name, error }) => `  ${name}: ${error === null ? '' : shortReasonOf(error)}`);
    const left = failed.length - lines.length;
    super(
      [
        `${failed.length} of ${formatCount(result.items.length, 'item')} failed${skipped.length > 0 ? `, ${skipped.length} did not begin` : ''}${isInterrupted ? '; the cell was interrupted' : ''}.`,
        ...lines,
        ...(left > 0 ? [`  and ${left} more`] : [])
      ].join('\n'),
      {
        code: isInterrupted ? 'scatter.interrupted' : 'scatter.failed',
        hint: 'Give the option collect to get the result of all items, then repeat those that did not pass with result.retryFailed().',
        fields: { failed: failed.map(item => item.name), skipped: skipped.map(item => item.name) }
      }
    );
    this.result = result;
  }
}
