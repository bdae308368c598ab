// Plugin `launchbook:import`: makes a runbook of a document, and goes through what the import has guessed. The kernel imports with the
// function of the command; what the commands do is loaded when the first of them is used.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { isImportable } from '../../contract/notebook/importable-names.js';
import { isGuess } from '../../contract/notebook/imported-guess.js';
import { loadPart } from '../page/load-part.js';
import { phasesIcon } from '../page/phases-icon.js';
import { addWalkCommands } from '../page/walk/walk-commands.js';
import { ACCEPT, CHANGE, IMPORT, NEXT, PREVIOUS, REPORT } from './commands.js';
import type * as Parts from './parts.js';

export const importPlugin: JupyterFrontEndPlugin<void> = {
  id: 'launchbook:import',
  description: 'Makes a runbook of a document, and goes through what was guessed.',
  autoStart: true,
  requires: [INotebookTracker, IRenderMimeRegistry],
  optional: [ITranslator, ICommandPalette, ILauncher, IDocumentManager, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    documents: IDocumentManager | null,
    browsers: IFileBrowserFactory | null
  ): void => {
    const { commands } = app;
    const words = (translator ?? nullTranslator).load('launchbook');
    const parts = { app, tracker, rendermime, words };
    const load = (): Promise<typeof Parts> => loadPart(() => import('./parts.js'), words);
    const noArguments = { args: { type: 'object', properties: {} } };
    const folder = (): string => browsers?.tracker.currentWidget?.model.path ?? '';
    const selected = (): string | null => {
      const [item] = [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])];
      // Most notebooks are runbooks already; one of Python is imported through the dialog.
      return item?.type === 'file' && isImportable(item.name) ? item.path : null;
    };

    commands.addCommand(IMPORT, {
      label: args => (args['selected'] ? words.__('Import as Runbook…') : words.__('Import Document…')),
      caption: words.__(
        'Make a runbook of Markdown, an issue template, a wiki page, a shared document or a Python notebook'
      ),
      icon: phasesIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: { type: 'string', description: words.__('Path of a document') },
            selected: { type: 'boolean', description: words.__('The file selected in the file browser') }
          }
        }
      },
      isVisible: args => args['selected'] !== true || selected() !== null,
      execute: async args => {
        const part = await load();
        const given = typeof args['path'] === 'string' ? args['path'] : null;
        const path =
          given ??
          (args['selected'] ? selected() : await part.chooseDocument(documents, folder(), words, translator));
        if (path !== null) {
          await part.importDocument(path, parts);
        }
      }
    });

    commands.addCommand(REPORT, {
      label: words.__('Show Import Report'),
      caption: words.__('Show what the import of this runbook was certain of, and go through its guesses'),
      describedBy: noArguments,
      isEnabled: () => tracker.currentWidget !== null,
      execute: async () => {
        const panel = tracker.currentWidget;
        await (panel && (await load()).showReport(panel, parts));
      }
    });

    const isAtGuess = (): boolean =>
      tracker.activeCell !== null && isGuess({ metadata: tracker.activeCell.model.metadata });
    const addForGuess = (
      id: string,
      label: string,
      caption: string,
      act: 'acceptGuess' | 'changeGuess'
    ): void => {
      commands.addCommand(id, {
        label,
        caption,
        describedBy: noArguments,
        isEnabled: isAtGuess,
        execute: async () => {
          const panel = tracker.currentWidget;
          await (panel && (await load())[act](panel.content));
        }
      });
    };
    addForGuess(
      ACCEPT,
      words.__('Accept Guess'),
      words.__('The cell is right as it stands: it is no guess any more. Then go to the next one'),
      'acceptGuess'
    );
    addForGuess(CHANGE, words.__('Change Guess'), words.__('Write in the cell'), 'changeGuess');
    addWalkCommands({
      commands,
      next: {
        id: NEXT,
        label: words.__('Go to Next Guess'),
        caption: words.__('Go to the next cell whose meaning was guessed when the runbook was imported')
      },
      previous: {
        id: PREVIOUS,
        label: words.__('Go to Previous Guess'),
        caption: words.__('Go to the cell before whose meaning was guessed when the runbook was imported')
      },
      isEnabled: () => [...(tracker.currentWidget?.model?.cells ?? [])].some(isGuess),
      go: direction => {
        const panel = tracker.currentWidget;
        void (panel && load().then(part => part.goToGuess(panel.content, direction)));
      }
    });
    const update = (): void =>
      [NEXT, PREVIOUS, ACCEPT, CHANGE].forEach(command => commands.notifyCommandChanged(command));
    tracker.currentChanged.connect(update);
    tracker.activeCellChanged.connect(update);

    for (const command of [IMPORT, REPORT, NEXT, PREVIOUS, ACCEPT, CHANGE]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
    launcher?.add({ command: IMPORT, category: words.__('Launchbook'), rank: 2 });
  }
};
