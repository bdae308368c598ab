// Plugin `launchbook:lint`: shows what `launchbook lint` finds in a runbook while it is written. A finding is a question to the
// author; it stops nothing.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { addLintCommands, LIST, NEXT, PREVIOUS, TOGGLE } from './commands.js';
import { FindingsStatus } from './findings-status.js';
import { NotebookFindings } from './notebook-findings.js';

const ID = 'launchbook:lint';

export const lintPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Shows what makes a runbook hard to run, while it is written.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator, ICommandPalette, IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null
  ): void => {
    const words = (translator ?? nullTranslator).load('launchbook');
    let isEnabled = true;
    let stored: ISettingRegistry.ISettings | null = null;
    const all = new Map<NotebookPanel, NotebookFindings>();
    const current = (): NotebookFindings | undefined =>
      tracker.currentWidget?.isVisible ? all.get(tracker.currentWidget) : undefined;

    const apply = (): void => {
      all.forEach(each => each.apply());
      app.commands.notifyCommandChanged(TOGGLE);
    };
    const commands = addLintCommands({
      app,
      tracker,
      words,
      current,
      isEnabled: () => isEnabled,
      toggle: async () => {
        if (stored) {
          await stored.set('enabled', !isEnabled);
        } else {
          isEnabled = !isEnabled;
          apply();
        }
      }
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

    const add = (panel: NotebookPanel): void => {
      const findings = new NotebookFindings({ panel, words, isEnabled: () => isEnabled });
      all.set(panel, findings);
      findings.changed.connect(count);
      panel.disposed.connect(() => all.delete(panel));
    };
    /** Whoever comes back from launchbook.yml may have changed it. */
    const use = (): void => {
      count();
      void (tracker.currentWidget && all.get(tracker.currentWidget)?.use());
    };
    tracker.forEach(add);
    // A notebook becomes the current one before it is told as added.
    tracker.widgetAdded.connect((_tracker, panel) => {
      add(panel);
      use();
    });
    tracker.currentChanged.connect(use);
    app.shell.currentChanged?.connect(use);
    use();

    void settingRegistry?.load(ID).then(loaded => {
      const read = (): void => {
        isEnabled = loaded.composite['enabled'] !== false;
        apply();
      };
      stored = loaded;
      loaded.changed.connect(read);
      read();
    });
    commands.forEach(command => palette?.addItem({ command, category: words.__('Launchbook') }));
  }
};
