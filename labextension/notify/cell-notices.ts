// What is told of cells, batches and kernels when there is no journal to tell it.
import { formatDuration } from '../../contract/format.js';
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
    return settings.failed
      ? makeNotice('failed', words.__('Failed: %1', title), cell.error, cell.id, null, context)
      : null;
  }
  return settings.long && cell.durationMs >= settings.longerThanMs
    ? longNotice(cell.id, title, cell.durationMs, context)
    : null;
}

/** The notice for a kernel that died. */
export function noticeOfDeath(isRestarting: boolean, context: NoticeContext): Notice | null {
  const { settings, words } = context;
  const body = isRestarting
    ? words.__('It is starting again. What was running has no known end.')
    : words.__('What was running has no known end.');
  return settings.kernelDied
    ? makeNotice('kernel-died', words.__('The kernel died'), body, null, null, context)
    : null;
}

/** The notice for cells that were run together and are all over, for a kernel that keeps no journal. */
export function noticeOfBatch(
  batch: {
    readonly cells: number;
    readonly failed: number;
    readonly durationMs: number;
    readonly last: string;
  },
  context: NoticeContext
): Notice | null {
  const { settings, words } = context;
  const isTold = settings.finished && batch.cells > 1 && batch.durationMs >= settings.longerThanMs;
  // The failure has been told, and what came after it was not run.
  return isTold && batch.failed === 0
    ? makeNotice(
        'finished',
        words.__('%1 cells are done', batch.cells),
        words.__('They took %1.', formatDuration(batch.durationMs)),
        batch.last,
        null,
        context
      )
    : null;
}

/** The notice for a step that has been running for long. */
export function noticeOfStillRunning(
  cell: { readonly id: string; readonly title: string },
  context: NoticeContext
): Notice | null {
  const { settings, words } = context;
  return settings.stillRunning
    ? makeNotice(
        'still-running',
        words.__('Still running: %1', cell.title),
        words.__('It began %1 ago.', formatDuration(settings.stillRunningMs)),
        cell.id,
        null,
        context
      )
    : null;
}

/** The notice for a step that passed and took long. */
export function longNotice(cell: string, title: string, durationMs: number, context: NoticeContext): Notice {
  return makeNotice(
    'long',
    context.words.__('Done: %1', title),
    context.words.__('It took %1.', formatDuration(durationMs)),
    cell,
    null,
    context
  );
}
