// Plugin `launchbook:wheel`: who drives a live run, and how the wheel goes from one person to another.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { askReason } from '../ask-reason.js';
import { IRunRegistry } from '../tokens.js';
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
    const add = (panel: NotebookPanel): void => {
      panel.contentHeader.addWidget(
        new WheelBar({
          run: registry.runOf(panel),
          words,
          askReason: (title, about, accept) => askReason({ title, about, accept, words })
        })
      );
    };
    tracker.forEach(add);
    tracker.widgetAdded.connect((_tracker, panel) => add(panel));
  }
};
