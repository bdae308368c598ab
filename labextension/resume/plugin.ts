// Plugin `launchbook:resume`: what a person does after a loss, or around a step: resume, run again, skip, roll back, go back.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRunRegistry } from '../tokens.js';
import { DISCARD, RESUME, REWIND, ROLL_BACK, SKIP } from './commands.js';
import { ResumeBar } from './resume-bar.js';
import { addResumeCommands } from './resume-commands.js';
import { StepRemarks } from './step-remarks.js';

export const resumePlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:resume',
  description:
    'Offers to resume a run whose kernel has ended, to skip a step, to roll it back and to go back to a checkpoint.',
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
    const add = (panel: NotebookPanel): void => {
      const remarks = new StepRemarks({ panel, run: registry.runOf(panel), words });
      panel.disposed.connect(() => remarks.dispose());
      panel.contentHeader.addWidget(
        new ResumeBar({
          panel,
          run: registry.runOf(panel),
          words,
          act: (command, args) => {
            app.shell.activateById(panel.id);
            void app.commands.execute(command, args);
          }
        })
      );
    };
    addResumeCommands({ app, tracker, registry, words });
    tracker.forEach(add);
    tracker.widgetAdded.connect((_tracker, panel) => add(panel));
    for (const command of [RESUME, DISCARD, SKIP, ROLL_BACK, REWIND]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
  }
};
