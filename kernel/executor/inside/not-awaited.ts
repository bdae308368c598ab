// What a cell is told about work that it did not await: the step has waited for it; when it failed, the step fails with its error.
import { LaunchbookError, toErrorRecord } from '../../../contract/base/error.js';
import type { CellScope } from './cell-scope.js';

/** The error of a cell whose code has passed while something that it did not await has failed. */
export function notAwaitedError(cell: CellScope, thrown: unknown): LaunchbookError {
  const label = cell.works.labelOf(thrown);
  const { message } = toErrorRecord(thrown);
  const error = new LaunchbookError(
    label === null
      ? `A promise that nobody awaits was rejected, or a callback threw: ${message}`
      : `“${label}” was not awaited, and it failed: ${message}`,
    {
      code: label === null ? 'cell.unheard' : 'effect.not_awaited',
      hint: 'Write await before the call, so that the step stops where it fails.',
      cause: thrown
    }
  );
  error.name = 'NotAwaitedError';
  return error;
}

/** The line under a step that waited for work which it did not await, and which passed. */
export function notAwaitedWarning(labels: readonly string[]): string {
  const names = labels.map(label => `“${label}”`).join(', ');
  return `[launchbook] ${names} ${labels.length === 1 ? 'was' : 'were'} not awaited; the step has waited for ${labels.length === 1 ? 'it' : 'them'}. Write await before the call.\n`;
}

/** The line that says what an ending step still waits for. */
export function waitingText(cell: CellScope, why: string): string {
  const labels = cell.works.labels();
  const names = labels.length === 0 ? 'what it has begun' : labels.map(label => `“${label}”`).join(', ');
  return `[launchbook] ${why}; waiting until this has ended: ${names}\n`;
}
