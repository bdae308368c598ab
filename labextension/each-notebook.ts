// What a plugin makes for every notebook that is open or will be opened, and disposes with it.
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

/**
 * Calls `make` for every notebook that is open and for each one that is opened later. What it returns is disposed when the notebook
 * closes, while the connection to the kernel is still there: comms can be closed. Null: there is nothing to dispose.
 *
 * @returns What was made for the notebooks that are open now.
 * @example
 * const previews = eachNotebook(tracker, panel => new NotebookPreview({ panel, words, settings }));
 * previews.forEach(preview => preview.apply());
 */
export function eachNotebook<T extends { dispose(): void } | null>(
  tracker: INotebookTracker,
  make: (panel: NotebookPanel) => T
): ReadonlyMap<NotebookPanel, T> {
  const made = new Map<NotebookPanel, T>();
  const add = (panel: NotebookPanel): void => {
    const each = make(panel);
    made.set(panel, each);
    panel.content.disposed.connect(() => {
      made.delete(panel);
      each?.dispose();
    });
  };
  tracker.forEach(add);
  tracker.widgetAdded.connect((_tracker, panel) => add(panel));
  return made;
}
