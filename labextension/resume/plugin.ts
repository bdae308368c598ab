// Plugin `launchbook:resume`: what a person does after a loss, or around a step: resume, run again, skip, roll back.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { eachNotebook } from '../each-notebook.js';
import { IRunRegistry } from '../tokens.js';
import { CONTINUE, DISCARD, RESUME, ROLL_BACK, RUN_STEP, SKIP } from './commands.js';
import { OutOfOrder } from './out-of-order.js';
import { ResumeBar } from './resume-bar.js';
import { addResumeCommands } from './resume-commands.js';
import { StepRemarks } from './step-remarks.js';

export const resumePlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:resume',
  description:
    'Offers to resume a run whose kernel has ended, to skip a step or run it out of order, and to roll back to before a step or to a checkpoint.',
  autoStart: true,
  requires: [INotebookTracker, IRunRegistry],
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: IRunRegistry,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    eachNotebook(tracker, panel => new StepRemarks({ panel, run: registry.runOf(panel), words }));
    const act = ({ id }: NotebookPanel, command: string, args: { readonly [name: string]: string }): void => {
      app.shell.activateById(id);
      void app.commands.execute(command, args);
    };
    eachNotebook(tracker, panel => {
      const runStep = (cell: string): void => act(panel, RUN_STEP, { cell });
      return new OutOfOrder({ panel, run: registry.runOf(panel), words, runStep });
    });
    eachNotebook(tracker, panel => {
      const run = registry.runOf(panel);
      const bar = new ResumeBar({ panel, run, words, act: (command, args) => act(panel, command, args) });
      panel.contentHeader.addWidget(bar);
      return bar;
    });
    addResumeCommands({ app, tracker, registry, words });
    for (const command of [RESUME, CONTINUE, DISCARD, SKIP, ROLL_BACK]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
  }
};
