// Plugin `launchbook:notify`: tells a person who looks elsewhere that the run waits for them, failed, took long, or is done.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { eachNotebook } from '../each-notebook.js';
import { PluginSettings } from '../plugin-settings.js';
import { revealCell } from '../page/cell/reveal-cell.js';
import { whereText } from '../page/where-text.js';
import { habitsChannelOf } from '../kernel/habits-channel.js';
import { IRunRegistry } from '../tokens.js';
import { addChoiceCommands, CHOOSE_FOR_CELL, CHOOSE_FOR_NOTEBOOK } from './choice-commands.js';
import { ENABLE_NOTIFICATIONS } from './commands.js';
import { Desktop } from './desktop.js';
import { isLookedAt, makeDesktopPort } from './desktop-port.js';
import { NotebookNotices } from './notebook-notices.js';
import type { Notice } from './notice.js';
import { readNotifySettings } from './notify-settings.js';
import { TitleBadge } from './title-badge.js';
import { WaitingNotices } from './waiting-notices.js';

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
      isLookedAt,
      where: () => {
        const panel = tracker.currentWidget;
        const isShown = panel !== null && panel === app.shell.currentWidget;
        return isShown ? whereText(registry?.runOf(panel).run ?? null) : '';
      }
    });
    const title = document.querySelector('title');
    if (title) {
      new MutationObserver(() => badge.retitled()).observe(title, { childList: true });
    }
    window.addEventListener('focus', () => badge.looked());
    document.addEventListener('visibilitychange', () => badge.looked());
    const settings = new PluginSettings({ registry: settingRegistry, id: ID, read: readNotifySettings });
    // JupyterLab's own switch; other applications may not have it.
    const isDoNotDisturb = new PluginSettings({
      registry: settingRegistry,
      id: CORE_NOTIFICATIONS,
      read: values => values['doNotDisturbMode'] === true
    });
    const goTo = (panel: NotebookPanel, cell: string | null): void => {
      if (!panel.isDisposed) {
        void (cell === null ? app.shell.activateById(panel.id) : revealCell(app, panel, cell));
      }
    };
    const emit = (panel: NotebookPanel, { title, cell }: Notice): string | null => {
      if (!settings.now.inApp || isAt(panel, cell)) {
        return null;
      }
      const show = {
        label: words.__('Show'),
        caption: words.__('Go to what waits'),
        callback: () => goTo(panel, cell),
        displayType: 'accent' as const
      };
      return Notification.emit(title, 'warning', { autoClose: false, actions: [show] });
    };
    const notebooks = eachNotebook(tracker, panel => {
      const waiting = new WaitingNotices({
        emit: notice => emit(panel, notice),
        soon: act => void window.setTimeout(act, 250),
        update: (id, message) => void Notification.update({ id, message }),
        dismiss: id => Notification.dismiss(id),
        close: tag => desktop.close(tag)
      });
      const tell = (notice: Notice): void => {
        if (!settings.now.enabled) {
          return;
        }
        if (!isDoNotDisturb.now) {
          desktop.show(notice, settings.now, () => goTo(panel, notice.cell));
        }
        if (settings.now.badge) {
          badge.add();
        }
        if (notice.kind === 'waiting') {
          waiting.show(notice);
        }
      };
      const run = registry?.runOf(panel) ?? null;
      run?.changed.connect(() => badge.retitled());
      const habits = habitsChannelOf(panel.sessionContext);
      return new NotebookNotices({ panel, run, words, settings: () => settings.now, tell, waiting, habits });
    });
    tracker.currentChanged.connect(() => badge.retitled());
    // A person who is at the cell needs no message, which would even cover it.
    tracker.activeCellChanged.connect(() =>
      notebooks.forEach((notices, panel) => notices.arrived(cell => isAt(panel, cell)))
    );

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

/** True when the person has this cell, or without one the notebook, before them. */
function isAt(panel: NotebookPanel, cell: string | null): boolean {
  return panel.isVisible && (cell === null || panel.content.activeCell?.model.id === cell);
}
