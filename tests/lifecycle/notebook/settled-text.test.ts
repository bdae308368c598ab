// A notebook is read while Jupyter's server saves it, in place, from another process.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNotebook, readNotebook } from '../../../lifecycle/notebook/read-notebook.js';
import { settledText } from '../../../lifecycle/notebook/settled-text.js';

const NOTEBOOK = JSON.stringify({
  cells: [],
  metadata: { pad: 'x'.repeat(20_000) },
  nbformat: 4,
  nbformat_minor: 5
});
const HALF = NOTEBOOK.slice(0, 10_000);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settled-'));
  file = join(folder, 'release.ipynb');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['an empty file', ''],
  ['half a file', HALF]
])('%s is read again until the save has ended', async (_, text) => {
  writeFileSync(join(folder, '.~release.ipynb'), NOTEBOOK);
  const saved = saveLater(text);
  await saved.begun;
  expect(readNotebook(file)).toEqual(JSON.parse(NOTEBOOK));
  await saved.ended;
});

test('the first save has no copy beside it', async () => {
  const saved = saveLater(HALF);
  await saved.begun;
  expect(readNotebook(file)).toEqual(JSON.parse(NOTEBOOK));
  await saved.ended;
});

test('a file that stays broken is refused', () => {
  writeFileSync(file, HALF);
  utimesSync(file, 1, 1);
  expect(() => readNotebook(file)).toThrow(/Reading .*release\.ipynb: /);
});

test('a save that never ends is refused, with the reason', () => {
  writeFileSync(file, HALF);
  writeFileSync(join(folder, '.~release.ipynb'), NOTEBOOK);
  expect(() => parseNotebook(settledText(file, 100), file)).toThrow(
    /Reading .*release\.ipynb: it is not a whole notebook: Unterminated string/
  );
});

/** Another process writes `text`, and the whole notebook 300 ms later. */
function saveLater(text: string): { readonly begun: Promise<void>; readonly ended: Promise<void> } {
  const script = `
    const { writeFileSync } = require('node:fs');
    writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(text)});
    console.log('begun');
    setTimeout(() => writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(NOTEBOOK)}), 300);`;
  const writer = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  return {
    begun: new Promise(resolve => writer.stdout.once('data', () => resolve())),
    ended: new Promise(resolve => writer.once('exit', () => resolve()))
  };
}
