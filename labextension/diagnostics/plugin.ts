// Plugin `launchbook:diagnostics`: shows type errors in cells of our kernel while they are written, before anything runs.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRunRegistry } from '../tokens.js';
import { readDiagnosticsSettings } from './diagnostics-settings.js';
import { NotebookChecks } from './notebook-checks.js';

const ID = 'launchbook:diagnostics';
const TOGGLE = 'launchbook:toggle-type-errors';
const NEXT = 'launchbook:go-to-next-problem';
const PREVIOUS = 'launchbook:go-to-previous-problem';

export const diagnosticsPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Marks type errors and warnings in cells of a Launchbook kernel while they are written.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator, ICommandPalette, IRunRegistry],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    registry: IRunRegistry | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    let settings = readDiagnosticsSettings({});
    let stored: ISettingRegistry.ISettings | null = null;
    const checks = new Map<NotebookPanel, NotebookChecks>();
    const apply = (): void => {
      checks.forEach(each => each.apply());
      app.commands.notifyCommandChanged(TOGGLE);
    };
    const current = (): NotebookChecks | undefined =>
      tracker.currentWidget ? checks.get(tracker.currentWidget) : undefined;
    const add = (panel: NotebookPanel): void => {
      const run = registry?.runOf(panel) ?? null;
      checks.set(panel, new NotebookChecks({ panel, run, words, settings: () => settings }));
      panel.disposed.connect(() => checks.delete(panel));
    };

    app.commands.addCommand(TOGGLE, {
      label: words.__('Show Type Errors While Writing'),
      caption: words.__('Mark what the type checker finds in the cell that is being written'),
      describedBy: { args: { type: 'object', properties: {} } },
      isToggled: () => settings.enabled,
      execute: async () => {
        if (stored) {
          await stored.set('enabled', !settings.enabled);
        } else {
          settings = { ...settings, enabled: !settings.enabled };
          apply();
        }
      }
    });
    const addStep = (
      command: string,
      label: string,
      caption: string,
      direction: 'next' | 'previous'
    ): void => {
      app.commands.addCommand(command, {
        label,
        caption,
        describedBy: { args: { type: 'object', properties: {} } },
        isEnabled: () => current()?.hasProblems ?? false,
        execute: () => {
          current()?.go(direction);
        }
      });
    };
    addStep(NEXT, words.__('Go to Next Problem'), words.__('Go to the next type error or warning'), 'next');
    addStep(
      PREVIOUS,
      words.__('Go to Previous Problem'),
      words.__('Go to the previous type error or warning'),
      'previous'
    );
    for (const command of [TOGGLE, NEXT, PREVIOUS]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
    tracker.forEach(add);
    tracker.widgetAdded.connect((_tracker, panel) => add(panel));
    void settingRegistry?.load(ID).then(loaded => {
      const read = (): void => {
        settings = readDiagnosticsSettings(loaded.composite);
        apply();
      };
      stored = loaded;
      loaded.changed.connect(read);
      read();
    });
  }
};
