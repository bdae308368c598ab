// What the cheat sheet says.
import { expect, test } from '@jest/globals';
import { cheatSheet, type Keys } from '../../../labextension/help/cheat-sheet.js';
import { ENGLISH } from '../english.js';

function keys(bound: { readonly [command: string]: readonly string[] }): Keys {
  return {
    ofCommand: command => bound[command] ?? [],
    format: keystroke => keystroke.replace('Accel', 'Ctrl')
  };
}

test('a command is shown with the first of the keys that it has now', () => {
  const sheet = cheatSheet(ENGLISH, keys({ 'notebook:run-cell': ['Ctrl+Enter', 'F5'] }));
  expect(sheet[0]).toMatchObject({
    title: 'Run',
    entries: [{ keys: ['Ctrl+Enter'], text: 'run the step and stay' }]
  });
});

test('a command without keys is left out, and so is a section without entries', () => {
  const sheet = cheatSheet(ENGLISH, keys({}));
  expect(sheet.map(section => section.title)).toEqual(['Edit mode']);
});

test('keys of the editor itself are called as on this machine', () => {
  const [edit] = cheatSheet(ENGLISH, keys({}));
  expect(edit!.entries.flatMap(entry => entry.keys)).toContain('Ctrl ]');
});
