// Where the whole output of a long cell goes: beside the journal, a file an attempt, never outside of its folder, never full disks.
import { afterEach, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '../../../kernel/core/ports/ports.js';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { OutputFiles } from '../../../run/outputs/output-files.js';
import { StepRegister } from '../../../run/keeper/step-register.js';
import { RUN } from '../sample-run.js';

const folder = mkdtempSync(join(tmpdir(), 'launchbook-outputs-'));
afterEach(() => rmSync(join(folder, '.launchbook'), { recursive: true, force: true }));

function makeFiles(isRun: boolean, step = 'deploy', limitBytes = 1000) {
  const path = join(folder, 'release.ipynb');
  const metadata = isRun ? { launchbook: { run: RUN } } : {};
  writeFileSync(path, JSON.stringify({ cells: [], metadata, nbformat: 4, nbformat_minor: 5 }));
  const register = new StepRegister();
  const cell = { key: 'cell-1' } as Cell;
  register.add({ cell, step, attempt: 2, elapsedMs: () => 0 });
  const log: string[] = [];
  const files = new OutputFiles({
    notebook: new NotebookFile(path),
    register,
    limitBytes,
    log: line => log.push(line)
  });
  return { files, cell, log };
}

test.each([
  ['a run', true, 'release.outputs/deploy-2.txt'],
  ['a scratch notebook', false, '.launchbook/release.outputs/deploy-2.txt']
])('the output of %s is kept beside its journal', (_title, isRun, name) => {
  const { files, cell } = makeFiles(isRun);
  const file = files.open(cell)!;
  expect(file.name).toBe(name);
  file.append('one\n');
  file.append('two €\n');
  file.close();
  expect(readFileSync(join(folder, name), 'utf8')).toBe('one\ntwo €\n');
});

test('a step’s name cannot lead out of the folder', () => {
  const { files, cell } = makeFiles(false, '../../outside');
  expect(files.open(cell)?.name).toBe('.launchbook/release.outputs/______outside-2.txt');
});

test('a full file says so and takes no more', () => {
  const { files, cell } = makeFiles(false, 'flood', 10);
  const file = files.open(cell)!;
  ['0123456789', 'more', 'and more'].forEach(text => file.append(text));
  file.close();
  expect(readFileSync(join(folder, file.name), 'utf8')).toBe(
    '0123456789\n[launchbook] This file is full; further output is not kept.\n'
  );
});

test('a folder that cannot be made is logged, and the cell goes on', () => {
  const { files, cell, log } = makeFiles(false);
  writeFileSync(join(folder, '.launchbook'), 'a file where the folder should be');
  expect(files.open(cell)).toBeNull();
  expect(log).toEqual([expect.stringContaining('The output of deploy is not kept')]);
});

test('a console has no place for files', () => {
  const { cell } = makeFiles(false);
  const files = new OutputFiles({ notebook: null, register: new StepRegister(), log: () => {} });
  expect(files.open(cell)).toBeNull();
  expect(existsSync(join(folder, '.launchbook'))).toBe(false);
});
