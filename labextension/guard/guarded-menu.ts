// Leads the entries of JupyterLab's Run menu and the buttons of its toolbar to the commands that ask. An entry is exchanged when the menu
// is opened, so that it is ours whenever and by whatever settings it was added; settings that replace entries warn in the console.
import { CommandToolbarButton, type IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import type { IRunMenu } from '@jupyterlab/mainmenu';
import type { RankedMenu } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { exchangeEntries } from './exchange-entries.js';

/** Exchanges the entries each time before the menu is shown. */
export function guardMenu(runMenu: IRunMenu): void {
  // JupyterLab's token tells less of it than there is.
  const menu = runMenu as IRunMenu & RankedMenu;
  exchangeEntries(menu);
  MessageLoop.installMessageHook(menu, (_menu, message) => {
    if (message.type === 'before-attach') {
      exchangeEntries(menu);
    }
    return true;
  });
}

/** Of the toolbars of notebooks. */
export function guardToolbar(toolbars: IToolbarWidgetRegistry, commands: CommandRegistry): void {
  for (const [name, id] of [
    ['run', 'launchbook:run-cell-and-select-next'],
    ['restart-and-run', 'launchbook:restart-run-all']
  ] as const) {
    toolbars.addFactory(
      'Notebook',
      name,
      () => new CommandToolbarButton({ commands, id, args: { toolbar: true }, label: '' })
    );
  }
}
