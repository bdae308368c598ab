// A run that is open in the page while whole files of it are exchanged or committed: what is on the screen is saved first, its kernel lets
// go of the journal, and afterwards the page shows what the files say and has a kernel again, whether it went well or not.
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Session } from '@jupyterlab/services';

/** Does `act` while no kernel has the run at `path` open. */
export async function whileClosed<T>(
  path: string,
  tracker: INotebookTracker,
  sessions: Session.IManager,
  act: () => Promise<T>
): Promise<T> {
  const panels: NotebookPanel[] = [];
  tracker.forEach(panel => {
    if (panel.context.path === path) {
      panels.push(panel);
    }
  });
  const [panel] = panels;
  if (panel?.context.model.dirty) {
    await panel.context.save();
  }
  const hadKernel = panel?.sessionContext.hasNoKernel === false;
  if (panel && hadKernel) {
    await panel.sessionContext.shutdown();
  }
  const other = await sessions.findByPath(path);
  if (other) {
    await sessions.shutdown(other.id);
  }
  try {
    return await act();
  } finally {
    if (panel && !panel.isDisposed) {
      await panel.context.revert();
      if (hadKernel) {
        await panel.sessionContext.startKernel();
      }
    }
  }
}
