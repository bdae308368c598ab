// Plugin `launchbook:notify`: tells a person who looks elsewhere that the run waits for them, failed, took long, or is done.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { revealCell } from '../reveal-cell.js';
import { IRunRegistry } from '../tokens.js';
import { addChoiceCommands, CHOOSE_FOR_CELL, CHOOSE_FOR_NOTEBOOK } from './choice-commands.js';
import { ENABLE_NOTIFICATIONS } from './commands.js';
import { Desktop } from './desktop.js';
import { isLookedAt, makeDesktopPort } from './desktop-port.js';
import { NotebookNotices } from './notebook-notices.js';
import type { Notice } from './notice.js';
import { readNotifySettings } from './notify-settings.js';
import { TitleBadge } from './title-badge.js';

const ID = 'launchbook:notify';
const CORE_NOTIFICATIONS = '@jupyterlab/apputils-extension:notification';

export const notifyPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Raises desktop notifications when the run waits for you, fails, takes long or finishes.',
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
    const desktop = new Desktop(makeDesktopPort());
    const badge = new TitleBadge({
      get title() {
        return document.title;
      },
      set title(text) {
        document.title = text;
      },
      isLookedAt
    });
    const title = document.querySelector('title');
    if (title) {
      new MutationObserver(() => badge.retitled()).observe(title, { childList: true });
    }
    window.addEventListener('focus', () => badge.looked());
    document.addEventListener('visibilitychange', () => badge.looked());
    let settings = readNotifySettings({});
    let isDoNotDisturb = false;
    /** The message in the page for each hold that waits. */
    const messages = new Map<string, { id: string; panel: NotebookPanel; cell: string | null }>();

    void settingRegistry?.load(ID).then(loaded => {
      const apply = (): void => {
        settings = readNotifySettings(loaded.composite);
      };
      loaded.changed.connect(apply);
      apply();
    });
    // Core's switch; absent in other applications, which then disturb.
    settingRegistry?.load(CORE_NOTIFICATIONS).then(
      loaded => {
        const apply = (): void => {
          isDoNotDisturb = loaded.composite['doNotDisturbMode'] === true;
        };
        loaded.changed.connect(apply);
        apply();
      },
      () => undefined
    );

    const tell = (panel: NotebookPanel, notice: Notice): void => {
      if (!settings.enabled) {
        return;
      }
      const go = (): void => {
        if (!panel.isDisposed) {
          void (notice.cell === null
            ? app.shell.activateById(panel.id)
            : revealCell(app, panel, notice.cell));
        }
      };
      if (!isDoNotDisturb) {
        desktop.show(notice, settings, go);
      }
      if (settings.badge) {
        badge.add();
      }
      if (settings.inApp && notice.kind === 'waiting' && !isAt(panel, notice.cell)) {
        const actions = [
          {
            label: words.__('Show'),
            caption: words.__('Go to the cell that waits'),
            callback: go,
            displayType: 'accent' as const
          }
        ];
        const id = Notification.emit(notice.title, 'warning', { autoClose: false, actions });
        if (notice.hold !== null) {
          messages.set(notice.hold, { id, panel, cell: notice.cell });
        }
      }
    };
    const settled = (hold: string): void => {
      const message = messages.get(hold);
      if (message) {
        Notification.dismiss(message.id);
        messages.delete(hold);
      }
    };
    // Who has gone there needs no message that covers what it is about.
    tracker.activeCellChanged.connect(() =>
      [...messages].filter(([, { panel, cell }]) => isAt(panel, cell)).forEach(([hold]) => settled(hold))
    );
    const listeners = new Map<NotebookPanel, NotebookNotices>();
    const add = (panel: NotebookPanel): void => {
      const run = registry?.runOf(panel) ?? null;
      const tellHere = (notice: Notice): void => tell(panel, notice);
      listeners.set(
        panel,
        new NotebookNotices({ panel, run, words, settings: () => settings, tell: tellHere, settled })
      );
      panel.disposed.connect(() => listeners.delete(panel));
    };
    tracker.forEach(add);
    tracker.widgetAdded.connect((_tracker, panel) => add(panel));

    app.commands.addCommand(ENABLE_NOTIFICATIONS, {
      label: words.__('Notify Me When the Run Needs Me'),
      caption: words.__('Allow desktop notifications for when the run waits for you, fails or finishes'),
      describedBy: { args: { type: 'object', properties: {} } },
      isVisible: () => desktop.permission !== 'granted',
      execute: async () => {
        const permission = await desktop.request();
        app.commands.notifyCommandChanged(ENABLE_NOTIFICATIONS);
        if (permission === 'granted') {
          Notification.success(
            words.__('You will be notified when the run needs you and this window is not in front.'),
            { autoClose: 5000 }
          );
        } else {
          Notification.warning(
            words.__(
              'The browser does not allow notifications for this page. Allow them in its site settings.'
            ),
            { autoClose: false }
          );
        }
      }
    });
    addChoiceCommands(app, tracker, words);
    for (const command of [ENABLE_NOTIFICATIONS, CHOOSE_FOR_NOTEBOOK, CHOOSE_FOR_CELL]) {
      palette?.addItem({ command, category: words.__('Launchbook') });
    }
  }
};

/** True when the person has this cell before them. */
function isAt(panel: NotebookPanel, cell: string | null): boolean {
  return panel.isVisible && cell !== null && panel.content.activeCell?.model.id === cell;
}
