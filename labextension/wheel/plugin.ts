// Plugin `launchbook:wheel`: who drives a live run, and how the wheel goes from one person to another.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { eachNotebook } from '../each-notebook.js';
import { askReason } from '../page/ask-reason.js';
import { IRunRegistry } from '../tokens.js';
import { holdSaves, isHeldBack } from './watcher-saves.js';
import { WheelBar } from './wheel-bar.js';

export const wheelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:wheel',
  description: 'Shows who drives a live run, and lets people ask for the wheel and hand it over.',
  autoStart: true,
  requires: [INotebookTracker, IRunRegistry],
  optional: [ITranslator],
  activate: (
    _app: JupyterFrontEnd,
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
        const told = (): void => {
          Notification.warning(
            words.__(
              'Not saved: somebody else drives this run, and their page saves the notebook. To keep what you changed, save it under another name.'
            ),
            // Without a time it would be in the list of notifications alone.
            { autoClose: 8000 }
          );
        };
        holdSaves(context, { isHeld: () => isHeldBack(run), told });
      }
      const bar = new WheelBar({
        run,
        words,
        isShared,
        askReason: (title, about, accept) => askReason({ title, about, accept, words }),
        goOn: () => panel.content.activate()
      });
      panel.contentHeader.addWidget(bar);
      return bar;
    });
  }
};
