// Plugin `launchbook:outputs`: cells show what they printed while no browser was there, and a reload or a second tab misses nothing.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { isOnlyPage } from '../only-page.js';
import { IRunRegistry } from '../tokens.js';
import { NotebookRestoring } from './notebook-restoring.js';

export const outputsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:outputs',
  description: 'Restores what cells showed while this page was not connected, from the journal of the run.',
  autoStart: true,
  requires: [INotebookTracker, IRunRegistry],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker, registry: IRunRegistry): void => {
    const { serverSettings } = app.serviceManager;
    const isAlone = async (panel: NotebookPanel): Promise<boolean> => {
      const kernel = panel.sessionContext.session?.kernel;
      return kernel ? await isOnlyPage(kernel.id, serverSettings) : true;
    };
    const restorings = new Map<NotebookPanel, NotebookRestoring>();
    const add = (panel: NotebookPanel): void => {
      const run = registry.runOf(panel);
      restorings.set(panel, new NotebookRestoring({ panel, run, isAlone: () => isAlone(panel) }));
      panel.disposed.connect(() => restorings.delete(panel));
    };
    tracker.forEach(add);
    tracker.widgetAdded.connect((_tracker, panel) => add(panel));
  }
};
