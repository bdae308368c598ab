// The notebook on disk: as new as the file, and of one state for what is asked in one go.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';

let folder: string;
let notebook: NotebookFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-notebook-'));
  notebook = new NotebookFile(join(folder, 'release.ipynb'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A save as JupyterLab makes it: with another size, so that no clock decides. */
function save(text: string): void {
  const cells = [
    { id: 'a', cell_type: 'code', source: text, metadata: {}, outputs: [], execution_count: null }
  ];
  writeFileSync(notebook.path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
}

test('a save is seen by the next question', () => {
  save('1');
  expect(notebook.holds('1', 'a')).toBe(true);
  save('22');
  expect([notebook.holds('1', 'a'), notebook.holds('22', 'a')]).toEqual([false, true]);
  rmSync(notebook.path);
  expect(notebook.fault()).toContain('ENOENT');
});

test('what is asked in one go is answered of the state at its first question, and the next go sees the save', () => {
  save('1');
  notebook.steady(() => {
    expect(notebook.holds('1', 'a')).toBe(true);
    save('22');
    expect(notebook.holds('1', 'a')).toBe(true);
    expect(notebook.fault()).toBeNull();
  });
  expect(notebook.holds('22', 'a')).toBe(true);
  save('333');
  notebook.steady(() => expect(notebook.holds('333', 'a')).toBe(true));
});

test('one that fails is no longer steady afterwards', () => {
  save('1');
  expect(() =>
    notebook.steady(() => {
      notebook.read();
      throw new Error('the check failed');
    })
  ).toThrow('the check failed');
  save('22');
  expect(notebook.holds('22', 'a')).toBe(true);
});
