// Exchanges the entries of a menu that run cells for those that ask first. Plain, so that it can be tested alone.
import type { RankedMenu } from '@jupyterlab/ui-components';
import { GUARDED_COMMANDS } from './guarded-commands.js';

/** What a menu has of its entries. */
export type Entries = Pick<RankedMenu, 'items' | 'addItem' | 'removeItemAt' | 'getRankAt'>;

/** Puts the command that asks in the place of JupyterLab's own. */
export function exchangeEntries(menu: Entries): void {
  for (let index = menu.items.length - 1; index >= 0; index--) {
    const { command, args } = menu.items[index]!;
    const guarded = GUARDED_COMMANDS.find(({ core }) => core === command);
    if (guarded) {
      const rank = menu.getRankAt(index);
      menu.removeItemAt(index);
      menu.addItem({ command: guarded.id, args, rank });
    }
  }
}
