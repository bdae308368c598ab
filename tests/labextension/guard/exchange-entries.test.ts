// The entries of JupyterLab's Run menu are exchanged for those that ask.
import { expect, test } from '@jest/globals';
import { exchangeEntries, type Entries } from '../../../labextension/guard/exchange-entries.js';

interface Entry {
  readonly command: string;
  readonly args: object;
  readonly rank: number;
}

/** A menu that keeps its entries by rank, as JupyterLab's does. */
function menuOf(...entries: readonly Entry[]): { readonly menu: Entries; readonly shown: () => string[] } {
  const items = [...entries];
  const menu = {
    items,
    getRankAt: (index: number) => items[index]!.rank,
    removeItemAt: (index: number) => void items.splice(index, 1),
    addItem: (entry: Entry) => {
      const behind = items.findIndex(({ rank }) => rank > entry.rank);
      items.splice(behind === -1 ? items.length : behind, 0, entry);
    }
  };
  return { menu: menu as unknown as Entries, shown: () => items.map(({ command }) => command) };
}

test('each of JupyterLab’s that runs cells becomes ours at its place; the others stay', () => {
  const entry = (command: string, rank: number): Entry => ({ command, args: {}, rank });
  const { menu, shown } = menuOf(
    entry('runmenu:run', 0),
    entry('notebook:run-cell', 10),
    entry('notebook:run-all-above', 11),
    entry('notebook:render-all-markdown', 12)
  );
  const expected = [
    'runmenu:run',
    'launchbook:run-cell',
    'launchbook:run-all-above',
    'notebook:render-all-markdown'
  ];
  exchangeEntries(menu);
  expect(shown()).toEqual(expected);
  exchangeEntries(menu);
  expect(shown()).toEqual(expected);
});
