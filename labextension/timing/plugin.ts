// Plugin `launchbook:timing`: start, end, duration and person below every cell that ran, with any kernel.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRunRegistry } from '../tokens.js';
import { ExecutionWatch } from './execution-watch.js';
import { NotebookTiming, type TimingSettings } from './notebook-timing.js';

const ID = 'launchbook:timing';
const TOGGLE = 'launchbook:toggle-timestamps';

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
    let settings: TimingSettings = { enabled: true, timeZone: 'UTC', position: 'left' };
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
        const { enabled, timeZone, position } = stored.composite as Partial<TimingSettings>;
        settings = {
          enabled: enabled !== false,
          timeZone: timeZone === 'local' ? 'local' : 'UTC',
          position: position === 'right' ? 'right' : 'left'
        };
        app.commands.notifyCommandChanged(TOGGLE);
        timings.forEach(timing => timing.drawAll());
      }
    };
    void settingRegistry?.load(ID).then(loaded => {
      stored = loaded;
      loaded.changed.connect(apply);
      apply();
    });

    app.commands.addCommand(TOGGLE, {
      label: words.__('Show Timestamps of Cells'),
      caption: words.__('Show or hide when each cell ran, how long it took, and who ran it'),
      isToggled: () => settings.enabled,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        if (stored) {
          await stored.set('enabled', !settings.enabled);
        } else {
          settings = { ...settings, enabled: !settings.enabled };
          timings.forEach(timing => timing.drawAll());
        }
      }
    });
    palette?.addItem({ command: TOGGLE, category: words.__('Launchbook') });
  }
};
