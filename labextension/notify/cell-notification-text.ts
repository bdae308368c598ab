// The notifications about cells and kernels where there is no journal, and their texts.
import { formatDuration } from '../../contract/base/format.js';
import type { FinishedBatch } from './cell-batch.js';
import { makeNotice, type Notice, type NoticeContext } from './notice.js';

/** The notice for a cell of a kernel that keeps no journal. */
export function noticeOfCell(
  cell: {
    readonly id: string;
    readonly title: string;
    /** The number in its prompt, or null. */
    readonly number: number | null;
    readonly error: string | null;
    readonly durationMs: number;
  },
  context: NoticeContext
): Notice | null {
  const { settings, words } = context;
  const title = cell.number === null ? cell.title : `[${cell.number}] ${cell.title}`;
  if (cell.error !== null) {
    return makeNotice('failed', words.__('Failed: %1', title), cell.error, cell.id, context);
  }
  return cell.durationMs >= settings.longerThanMs
    ? longNotice(cell.id, title, cell.durationMs, context)
    : null;
}

/** The notice for a kernel that died. */
export function noticeOfDeath(isRestarting: boolean, context: NoticeContext): Notice | null {
  const { words } = context;
  const body = isRestarting
    ? words.__('It is starting again. How the running cells ended is not known.')
    : words.__('How the running cells ended is not known.');
  return makeNotice('kernelDied', words.__('The kernel died'), body, null, context);
}

/** The notice for cells that were run together and are all over, for a kernel that keeps no journal. */
export function noticeOfBatch(batch: FinishedBatch, context: NoticeContext): Notice | null {
  const { settings, words } = context;
  // A failure has been told, and what came after it was not run.
  if (batch.cells === 1 || batch.failed > 0 || batch.durationMs < settings.longerThanMs) {
    return null;
  }
  const text = words.__('They took %1.', formatDuration(batch.durationMs));
  return makeNotice('finished', words.__('%1 cells are done', batch.cells), text, batch.last, context);
}

/** The notice for a step that has been running for long. */
export function noticeOfStillRunning(
  cell: { readonly id: string; readonly title: string },
  context: NoticeContext
): Notice | null {
  const { settings, words } = context;
  const text = words.__('It began %1 ago.', formatDuration(settings.stillRunningMs));
  return makeNotice('stillRunning', words.__('Still running: %1', cell.title), text, cell.id, context);
}

/** The notice for a step or a phase that takes longer than it usually does. `cell` is that of what runs now. */
export function noticeOfUnusual(
  { cell, title, usualMs }: { readonly cell: string; readonly title: string; readonly usualMs: number },
  context: NoticeContext
): Notice | null {
  const { words } = context;
  const text = words.__('It usually takes %1.', formatDuration(usualMs));
  return makeNotice('unusual', words.__('Longer than usual: %1', title), text, cell, context);
}

/** The notice for a step that passed and took long. */
export function longNotice(
  cell: string,
  title: string,
  durationMs: number,
  context: NoticeContext
): Notice | null {
  const { words } = context;
  const text = words.__('It took %1.', formatDuration(durationMs));
  return makeNotice('long', words.__('Done: %1', title), text, cell, context);
}
