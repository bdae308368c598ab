// The working folder of a kernel is that of its notebook, whoever starts it.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterNotebookFolder } from '../../../../kernel/host/process/enter-notebook-folder.js';

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'launchbook-folder-')));
  mkdirSync(join(folder, 'runs'));
  writeFileSync(join(folder, 'runs', 'release.ipynb'), '{}');
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test('it is entered when the notebook is there', () => {
  enterNotebookFolder({ JPY_SESSION_NAME: join(folder, 'runs', 'release.ipynb') });
  expect(process.cwd()).toBe(join(folder, 'runs'));
});

test.each(['', 'runs/release.ipynb', '/not/on/this/machine/release.ipynb', '/tmp'])(
  'with %j the folder stays',
  name => {
    enterNotebookFolder({ JPY_SESSION_NAME: name });
    expect(process.cwd()).toBe(folder);
  }
);
