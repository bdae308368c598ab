// Plugin `launchbook:lint`: shows what `launchbook lint` finds in a runbook while it is written. A finding is a question to the
// author; it stops nothing.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { eachNotebook } from '../each-notebook.js';
import { isEnabledIn, PluginSettings } from '../plugin-settings.js';
import { IRunRegistry } from '../tokens.js';
import { addLintCommands, LIST, NEXT, PREVIOUS, TOGGLE } from './commands.js';
import { FindingsStatus } from './findings-status.js';
import { NotebookFindings } from './notebook-findings.js';

const ID = 'launchbook:lint';

export const lintPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Shows what makes a runbook hard to run, while it is written.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator, ICommandPalette, IStatusBar, IRunRegistry],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null,
    runs: IRunRegistry | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const isEnabled = (): boolean => settings.now;
    const settings = new PluginSettings({
      registry: settingRegistry,
      id: ID,
      read: isEnabledIn,
      changed: () => {
        all.forEach(each => each.apply());
        app.commands.notifyCommandChanged(TOGGLE);
      }
    });
    const current = (): NotebookFindings | undefined =>
      tracker.currentWidget?.isVisible ? all.get(tracker.currentWidget) : undefined;
    const commands = addLintCommands({
      app,
      tracker,
      words,
      current,
      isEnabled,
      toggle: () => settings.set('enabled', !settings.now)
    });
    const status = new FindingsStatus(words, () => void app.commands.execute(LIST));
    const counted = new Signal<FindingsStatus, void>(status);
    statusBar?.registerStatusItem(ID, {
      item: status,
      align: 'left',
      rank: 3,
      isActive: () => status.count > 0,
      activeStateChanged: counted
    });
    const count = (): void => {
      status.draw(current()?.placed.length ?? 0);
      counted.emit();
      [NEXT, PREVIOUS].forEach(command => app.commands.notifyCommandChanged(command));
    };

    const all = eachNotebook(tracker, panel => {
      const run = runs?.runOf(panel);
      // Nobody can write in it any more.
      const isArchived = (): boolean => run?.state.archived !== undefined;
      const findings = new NotebookFindings({ panel, words, isEnabled: () => isEnabled() && !isArchived() });
      findings.changed.connect(count);
      let wasArchived = isArchived();
      run?.changed.connect(() => {
        if (isArchived() !== wasArchived) {
          wasArchived = isArchived();
          findings.apply();
        }
      });
      return findings;
    });
    /** Whoever comes back from launchbook.yml may have changed it. */
    const use = (): void => {
      count();
      void (tracker.currentWidget && all.get(tracker.currentWidget)?.use());
    };
    // A notebook becomes the current one before the tracker says that it was added.
    tracker.widgetAdded.connect(use);
    tracker.currentChanged.connect(use);
    app.shell.currentChanged?.connect(use);
    use();
    commands.forEach(command => palette?.addItem({ command, category: words.__('Launchbook') }));
  }
};
