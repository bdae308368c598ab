// Plugin `launchbook:run`: gives every open notebook its run, which the other plugins show.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { INotebookTracker, type INotebookModel, type NotebookPanel } from '@jupyterlab/notebook';
import { eachNotebook } from '../each-notebook.js';
import { isOnlyPage } from '../kernel/only-page.js';
import { IRunRegistry, type IRunModel } from '../tokens.js';
import { NotebookRun } from './notebook-run.js';

export const runPlugin: JupyterFrontEndPlugin<IRunRegistry> = {
  id: 'launchbook:run',
  description: 'Connects each notebook to the run that its kernel keeps.',
  autoStart: true,
  requires: [INotebookTracker],
  provides: IRunRegistry,
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker): IRunRegistry => {
    const { user, contents } = app.serviceManager;
    // Two views of one document share its context, and so its run, which ends with the context.
    const runs = new WeakMap<DocumentRegistry.IContext<INotebookModel>, IRunModel>();
    const runOf = (panel: NotebookPanel): IRunModel => {
      const known = runs.get(panel.context);
      if (known) {
        return known;
      }
      const isAlone = async (): Promise<boolean> => {
        const kernel = panel.sessionContext.session?.kernel;
        // While this page is not connected itself, the one connection that the server counts is that of another one.
        return kernel?.connectionStatus === 'connected'
          ? await isOnlyPage(kernel.id, app.serviceManager.serverSettings)
          : false;
      };
      const run = new NotebookRun({ context: panel.context, user, contents, isAlone });
      runs.set(panel.context, run);
      return run;
    };
    eachNotebook(tracker, panel => {
      runOf(panel);
      return null;
    });
    return { runOf };
  }
};
