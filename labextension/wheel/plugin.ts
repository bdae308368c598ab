// Plugin `launchbook:wheel`: who drives a live run, and how the wheel goes from one person to another.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { eachNotebook } from '../each-notebook.js';
import { askReason } from '../page/ask-reason.js';
import { IRunRegistry } from '../tokens.js';
import { holdSavesOfRun } from './saves-of-run.js';
import { WheelBar } from './wheel-bar.js';

export const wheelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:wheel',
  description: 'Shows who drives a live run, and lets people ask for the wheel and hand it over.',
  autoStart: true,
  requires: [INotebookTracker, IRunRegistry],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: IRunRegistry,
    translator: ITranslator | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    eachNotebook(tracker, panel => {
      const { context } = panel;
      const run = registry.runOf(panel);
      const isShared = context.model.collaborative ?? false;
      if (!isShared) {
        void holdSavesOfRun({ panel, run, contents: app.serviceManager.contents, words });
      }
      const bar = new WheelBar({
        run,
        words,
        isShared,
        askReason: (title, about, accept) => askReason({ title, about, accept, words }),
        goOn: () => panel.content.activate(),
        keep: async () => {
          if (!isShared && context.model.dirty) {
            await context.save();
          }
        }
      });
      panel.contentHeader.addWidget(bar);
      return bar;
    });
  }
};
