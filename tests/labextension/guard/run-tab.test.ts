// The mark on the tab of a run.
import { expect, test } from '@jest/globals';
import { markTab, type RunTab } from '../../../labextension/guard/run-tab.js';
import { whereText } from '../../../labextension/page/where-text.js';
import { runInfo } from './run-info.js';

const ICON = { render: () => undefined } as unknown as RunTab['icon'];

/** A title that counts what is written. */
function title(): RunTab & { readonly writes: string[] } {
  const writes: string[] = [];
  const target = { icon: undefined, dataset: { id: 'panel-1' }, writes };
  return new Proxy(target, {
    set: (object, key, value) => {
      writes.push(String(key));
      return Reflect.set(object, key, value);
    }
  });
}

test('says release and environment, and keeps what JupyterLab has there', () => {
  const tab = title();
  markTab(tab, runInfo(), 'danger', ICON);
  expect(tab.icon).toBe(ICON);
  expect(tab.dataset).toEqual({ id: 'panel-1', 'lb-where': '2.4.0 · production', 'lb-tone': 'danger' });
});

test('is written again only when it differs', () => {
  const tab = title();
  markTab(tab, runInfo(), 'open', ICON);
  tab.writes.length = 0;
  markTab(tab, runInfo(), 'open', ICON);
  expect(tab.writes).toEqual([]);
  markTab(tab, runInfo(), 'danger', ICON);
  expect(tab.writes).toEqual(['dataset']);
});

test('never changes the label, by which JupyterLab renames the file', () => {
  const tab = title();
  markTab(tab, runInfo({ release: 'release/2.4' }), 'danger', ICON);
  expect(tab.writes).not.toContain('label');
});

test.each([
  [runInfo(), '2.4.0 · production'],
  [runInfo({ release: '' }), 'production'],
  [null, '']
])('%#: what a run is called in few words', (run, expected) => {
  expect(whereText(run)).toBe(expected);
});
