// Plugin `launchbook:run`: gives every open notebook its run, which the other plugins show.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { INotebookTracker, type INotebookModel, type NotebookPanel } from '@jupyterlab/notebook';
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
    // Two views of one document share its context, and so its run.
    const runs = new WeakMap<DocumentRegistry.IContext<INotebookModel>, IRunModel>();
    const runOf = (panel: NotebookPanel): IRunModel => {
      const known = runs.get(panel.context);
      if (known) {
        return known;
      }
      const run = new NotebookRun({ context: panel.context, user, contents });
      runs.set(panel.context, run);
      return run;
    };
    tracker.forEach(panel => runOf(panel));
    tracker.widgetAdded.connect((_tracker, panel) => {
      runOf(panel);
    });
    return { runOf };
  }
};
