// Plugin `launchbook:help`: a sheet with the keys under H, and a short tour when a person opens their first run.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { METADATA_KEY, runIn } from '../../contract/notebook/notebook.js';
import { loadPart } from '../page/load-part.js';
import type { Keys } from './cheat-sheet.js';
import type { TourCard } from './tour-card.js';

const ID = 'launchbook:help';
const SHEET = 'launchbook:show-cheat-sheet';
const TOUR = 'launchbook:start-tour';

export const helpPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Explains the keys and, when a person opens their first run, the course of a release.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    let card: TourCard | null = null;
    const startTour = async (): Promise<void> => {
      const { Tour, TourCard, tourSteps } = await loadPart(() => import('./help-views.js'), words);
      card?.end();
      card = new TourCard(new Tour(tourSteps(words)), words, {
        show: async command => {
          if (command !== '' && app.commands.hasCommand(command)) {
            await app.commands.execute(command);
          }
        },
        ended: () => {
          card = null;
        }
      });
      card.open();
    };

    app.commands.addCommand(SHEET, {
      label: words.__('Show Cheat Sheet of Keys'),
      caption: words.__('The keys of command mode and edit mode, and those of Launchbook'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        const { cheatSheet, makeCheatSheetView } = await loadPart(() => import('./help-views.js'), words);
        const sections = cheatSheet(words, keysOf(app.commands));
        const dialog = new Dialog({
          title: words.__('Keys for a release'),
          body: makeCheatSheetView(sections, words),
          buttons: [Dialog.okButton({ label: words.__('Close') })]
        });
        dialog.addClass('lb-SheetDialog');
        await dialog.launch();
      }
    });
    app.commands.addCommand(TOUR, {
      label: words.__('Take the Tour of Launchbook'),
      caption: words.__('What a release in a notebook looks like, in six steps'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: startTour
    });
    for (const command of [SHEET, TOUR]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
    void offerTour();

    /** Once for each person, with the first run that they open. Never without settings, because nothing would remember it. */
    async function offerTour(): Promise<void> {
      const settings = await settingRegistry?.load(ID).catch(() => null);
      await app.restored;
      const offer = async (): Promise<void> => {
        const panel = tracker.currentWidget;
        await panel?.context.ready;
        if (!panel || panel !== tracker.currentWidget || settings?.composite['offerTour'] !== true) {
          return;
        }
        if (runIn(panel.context.model.getMetadata(METADATA_KEY))) {
          tracker.currentChanged.disconnect(offer);
          await settings.set('offerTour', false);
          await panel.revealed;
          await startTour();
        }
      };
      tracker.currentChanged.connect(offer);
      await offer();
    }
  }
};

function keysOf(commands: CommandRegistry): Keys {
  return {
    ofCommand: command => [
      ...new Set(
        commands.keyBindings
          .filter(binding => binding.command === command && binding.keys.join('') !== '')
          .map(binding => CommandRegistry.formatKeystroke(binding.keys))
      )
    ],
    format: keystroke => CommandRegistry.formatKeystroke(CommandRegistry.normalizeKeystroke(keystroke))
  };
}
