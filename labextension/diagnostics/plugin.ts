// Plugin `launchbook:diagnostics`: shows type errors in cells of our kernel while they are written, before anything runs.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { eachNotebook } from '../each-notebook.js';
import { addWalkCommands } from '../page/walk/walk-commands.js';
import { PluginSettings } from '../plugin-settings.js';
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
    const settings = new PluginSettings({
      registry: settingRegistry,
      id: ID,
      read: readDiagnosticsSettings,
      changed: () => {
        checks.forEach(each => each.apply());
        app.commands.notifyCommandChanged(TOGGLE);
      }
    });
    const checks = eachNotebook(tracker, panel => {
      const run = registry?.runOf(panel) ?? null;
      return new NotebookChecks({ panel, run, words, settings: () => settings.now });
    });
    const current = (): NotebookChecks | undefined =>
      tracker.currentWidget ? checks.get(tracker.currentWidget) : undefined;

    app.commands.addCommand(TOGGLE, {
      label: words.__('Show Type Errors While Writing'),
      caption: words.__('Mark what the type checker finds in the cell that is being written'),
      describedBy: { args: { type: 'object', properties: {} } },
      isToggled: () => settings.now.enabled,
      execute: () => settings.set('enabled', !settings.now.enabled)
    });
    addWalkCommands({
      commands: app.commands,
      next: {
        id: NEXT,
        label: words.__('Go to Next Problem'),
        caption: words.__('Go to the next type error or warning')
      },
      previous: {
        id: PREVIOUS,
        label: words.__('Go to Previous Problem'),
        caption: words.__('Go to the previous type error or warning')
      },
      isEnabled: () => current()?.hasProblems ?? false,
      go: direction => current()?.go(direction)
    });
    for (const command of [TOGGLE, NEXT, PREVIOUS]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
  }
};
