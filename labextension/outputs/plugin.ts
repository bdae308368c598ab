// Plugin `launchbook:outputs`: cells show what they printed while no browser was there, and a reload or a second tab misses nothing.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { eachNotebook } from '../each-notebook.js';
import { isOnlyPage } from '../kernel/only-page.js';
import { IRunRegistry } from '../tokens.js';
import { NotebookRestoring } from './notebook-restoring.js';
import { WithdrawnQuestions } from './withdrawn-questions.js';

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
    eachNotebook(tracker, panel => new WithdrawnQuestions(panel, registry.runOf(panel)));
    eachNotebook(
      tracker,
      panel => new NotebookRestoring({ panel, run: registry.runOf(panel), isAlone: () => isAlone(panel) })
    );
  }
};
