// Plugin `launchbook:guard`: says where a run acts, and asks before what cannot be undone. It is for people who look;
// what the kernel refuses it refuses for everybody.
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { fastForwardIcon, runIcon } from '@jupyterlab/ui-components';
import { eachNotebook } from '../each-notebook.js';
import { isEnabledIn, PluginSettings } from '../plugin-settings.js';
import { RESUME } from '../resume/commands.js';
import { IRunGuard, IRunRegistry } from '../tokens.js';
import { GUARDED_COMMANDS, cellsOfScope, type GuardedCommand } from './guarded-commands.js';
import { guardMenu, guardToolbar } from './guarded-menu.js';
import { NotebookGuard } from './notebook-guard.js';
import { RunGuard } from './run-guard.js';

const ID = 'launchbook:guard';
/** Before JupyterLab's own entries, whose rank is 500. */
const RANK = 100;

export const guardPlugin: JupyterFrontEndPlugin<IRunGuard> = {
  id: ID,
  description: 'Shows where a run acts and who drives, and asks before what cannot be undone.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [IRunRegistry, ISettingRegistry, ITranslator, IMainMenu, IToolbarWidgetRegistry],
  provides: IRunGuard,
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: IRunRegistry | null,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    menu: IMainMenu | null,
    toolbars: IToolbarWidgetRegistry | null
  ): IRunGuard => {
    const words = (translator ?? nullTranslator).load('launchbook');
    const settings = new PluginSettings({
      registry: settingRegistry,
      id: ID,
      read: isEnabledIn,
      changed: () => guards?.forEach(each => each.refresh())
    });
    const isEnabled = (): boolean => settings.now;
    const guard = new RunGuard(registry, words, isEnabled, async () => {
      if (app.commands.hasCommand(RESUME)) {
        await app.commands.execute(RESUME);
      }
    });
    const guards =
      registry &&
      eachNotebook(
        tracker,
        panel => new NotebookGuard({ panel, run: registry.runOf(panel), words, isEnabled })
      );

    const icons: Record<string, typeof runIcon> = {
      'notebook:run-cell-and-select-next': runIcon,
      'notebook:restart-run-all': fastForwardIcon
    };
    const addGuarded = ({ id, core, scope }: GuardedCommand): void => {
      const icon = icons[core];
      app.commands.addCommand(id, {
        label: args => app.commands.label(core, args),
        caption: args => app.commands.caption(core, args),
        ...(icon ? { icon: args => (args['toolbar'] ? icon : undefined) } : {}),
        describedBy: { args: { type: 'object', properties: { toolbar: { type: 'boolean' } } } },
        isEnabled: args => app.commands.hasCommand(core) && app.commands.isEnabled(core, args),
        execute: async args => {
          const panel = tracker.currentWidget;
          if (!panel) {
            return;
          }
          const { content } = panel;
          const selected = content.widgets.flatMap((cell, index) =>
            content.isSelectedOrActive(cell) ? [index] : []
          );
          const cells = cellsOfScope(scope, content.widgets, content.activeCellIndex, selected);
          if ((await guard.mayRun(panel, cells, scope !== 'selected')) !== 'no') {
            await app.commands.execute(core, args);
          }
        }
      });
    };
    GUARDED_COMMANDS.forEach(addGuarded);
    if (toolbars) {
      guardToolbar(toolbars, app.commands);
    }
    if (menu) {
      // JupyterLab fills its menus while it starts.
      void app.restored.then(() => guardMenu(menu.runMenu));
    }
    const runners = menu?.runMenu.codeRunners;
    const isHere = (): boolean => isEnabled() && tracker.currentWidget !== null;
    runners?.run.add({ id: 'launchbook:run-cell-and-select-next', isEnabled: isHere, rank: RANK });
    runners?.runAll.add({ id: 'launchbook:run-all-cells', isEnabled: isHere, rank: RANK });
    return guard;
  }
};
