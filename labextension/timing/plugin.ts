// Plugin `launchbook:timing`: start, end, duration and person below every cell that ran, with any kernel.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { eachNotebook } from '../each-notebook.js';
import { PluginSettings } from '../plugin-settings.js';
import { IRunRegistry } from '../tokens.js';
import { addTimingCommands, TOGGLE } from './commands.js';
import { ExecutionWatch } from './execution-watch.js';
import { NotebookTiming } from './notebook-timing.js';
import { readTimingSettings } from './timing-settings.js';

const ID = 'launchbook:timing';

export const timingPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Shows when each cell was queued, started and ended, how long it took, and who ran it.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [IRunRegistry, ISettingRegistry, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: IRunRegistry | null,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const { user } = app.serviceManager;
    const settings = new PluginSettings({
      registry: settingRegistry,
      id: ID,
      read: readTimingSettings,
      changed: () => {
        app.commands.notifyCommandChanged(TOGGLE);
        timings.forEach(timing => timing.drawAll());
      }
    });
    const panelsOf = new WeakMap<object, NotebookPanel>();
    const watch = new ExecutionWatch({
      now: () => new Date().toISOString(),
      user: () => user.identity?.name || user.identity?.username || '',
      attemptsOf: (notebook, cell) => {
        const panel = panelsOf.get(notebook);
        return (panel && registry?.runOf(panel).state.steps[cell]?.attempts.length) ?? 0;
      },
      hasKernel: notebook => Boolean(panelsOf.get(notebook)?.sessionContext.session?.kernel)
    });
    const timings = eachNotebook(tracker, panel => {
      panelsOf.set(panel.content, panel);
      const listen = (): void => {
        const kernel = panel.sessionContext.session?.kernel;
        if (kernel) {
          watch.attach(panel.content, kernel);
        }
      };
      panel.sessionContext.kernelChanged.connect(listen);
      listen();
      const run = registry?.runOf(panel) ?? null;
      return new NotebookTiming({ panel, run, watch, words, settings: () => settings.now });
    });

    const commands = addTimingCommands({
      app,
      tracker,
      words,
      timingOf: panel => timings.get(panel),
      isEnabled: () => settings.now.enabled,
      toggle: () => settings.set('enabled', !settings.now.enabled)
    });
    commands.forEach(command => palette?.addItem({ command, category: words.__('Launchbook') }));
  }
};
