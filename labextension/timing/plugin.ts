// Plugin `launchbook:timing`: start, end, duration and person below every cell that ran, with any kernel.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
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
    let settings = readTimingSettings({});
    let stored: ISettingRegistry.ISettings | null = null;
    const timings = new Map<NotebookPanel, NotebookTiming>();
    const panelsOf = new WeakMap<object, NotebookPanel>();
    const watch = new ExecutionWatch({
      now: () => new Date().toISOString(),
      user: () => user.identity?.name || user.identity?.username || '',
      attemptsOf: (notebook, cell) => {
        const panel = panelsOf.get(notebook);
        return (panel && registry?.runOf(panel).state.steps[cell]?.attempts.length) ?? 0;
      }
    });
    const add = (panel: NotebookPanel): void => {
      panelsOf.set(panel.content, panel);
      const listen = (): void => {
        const kernel = panel.sessionContext.session?.kernel;
        if (kernel) {
          watch.attach(panel.content, kernel);
        }
      };
      panel.sessionContext.kernelChanged.connect(listen);
      listen();
      timings.set(
        panel,
        new NotebookTiming({
          panel,
          run: registry?.runOf(panel) ?? null,
          watch,
          words,
          settings: () => settings
        })
      );
      panel.disposed.connect(() => timings.delete(panel));
    };
    tracker.forEach(add);
    tracker.widgetAdded.connect((_tracker, panel) => add(panel));

    const apply = (): void => {
      if (stored) {
        settings = readTimingSettings(stored.composite);
        app.commands.notifyCommandChanged(TOGGLE);
        timings.forEach(timing => timing.drawAll());
      }
    };
    void settingRegistry?.load(ID).then(loaded => {
      stored = loaded;
      loaded.changed.connect(apply);
      apply();
    });

    const commands = addTimingCommands({
      app,
      tracker,
      words,
      timingOf: panel => timings.get(panel),
      isEnabled: () => settings.enabled,
      toggle: async () => {
        if (stored) {
          await stored.set('enabled', !settings.enabled);
        } else {
          settings = { ...settings, enabled: !settings.enabled };
          timings.forEach(timing => timing.drawAll());
        }
      }
    });
    commands.forEach(command => palette?.addItem({ command, category: words.__('Launchbook') }));
  }
};
