// What happens to an open run while its files are replaced or committed. Before: the notebook is saved, and its kernel is shut down,
// so that it closes the journal. Afterwards, also after a failure: the notebook is read again and gets a kernel again.
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Session } from '@jupyterlab/services';

export interface OpenRunParts {
  readonly tracker: INotebookTracker;
  readonly sessions: Session.IManager;
  /** Opens the notebook at a path in a new tab; null where a page has one notebook for its life. */
  readonly open: ((path: string) => Promise<unknown>) | null;
}

/** Writes the notebook at `path` to its file, where it is open and has changed. */
export async function saveOpen(path: string, tracker: INotebookTracker): Promise<void> {
  const panel = tracker.find(each => each.context.path === path);
  if (panel?.context.model.dirty) {
    await panel.context.save();
  }
}

/** Does `act` while no kernel has the run at `path` open. `isAnew`: the file holds another run afterwards, so that it is opened again. */
export async function whileClosed<T>(
  path: string,
  isAnew: boolean,
  { tracker, sessions, open }: OpenRunParts,
  act: () => Promise<T>
): Promise<T> {
  const panels: NotebookPanel[] = [];
  tracker.forEach(panel => {
    if (panel.context.path === path) {
      panels.push(panel);
    }
  });
  const [panel] = panels;
  await saveOpen(path, tracker);
  const hadKernel = panel?.sessionContext.hasNoKernel === false;
  if (panel && hadKernel) {
    await panel.sessionContext.shutdown();
  }
  const other = await sessions.findByPath(path);
  if (other) {
    await sessions.shutdown(other.id);
  }
  let isDone = false;
  try {
    const result = await act();
    isDone = true;
    return result;
  } finally {
    if (panel && !panel.isDisposed) {
      if (isAnew && isDone && open) {
        panels.forEach(each => each.dispose());
        await open(path);
      } else {
        await panel.context.revert();
        if (hadKernel) {
          await panel.sessionContext.startKernel();
        }
      }
    }
  }
}
