// Fail closed: a kernel that was told of no notebook, or of one that it cannot read, executes nothing of a run.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { refuseUnreadableNotebook } from '../../../run/gate/cell/unreadable-notebook.js';
import { refuseUntoldRun } from '../../../run/gate/cell/untold-run.js';
import { unsentCell } from '../../../run/keeper/unsent-cell.js';
import { RUN } from '../sample-run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-untold-'));
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'runs', 'a'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const notebookText = (mode = 'live'): string =>
  JSON.stringify({
    cells: [{ id: 'ship', cell_type: 'code', source: ['await $`deploy`\n', 'await $`check`'] }],
    metadata: { launchbook: { run: { ...RUN, mode } } },
    nbformat: 4,
    nbformat_minor: 5
  });
const cellOf = (code: string, cellId: string | null = null) => ({
  ...unsentCell('replay', code, null),
  cellId
});

describe('a kernel that was told of no notebook', () => {
  const check = () => refuseUntoldRun({ notebook: null, folder: join(folder, 'runs') });

  test('refuses a cell of a live run anywhere in the repository, by its text or its id', async () => {
    writeFileSync(join(folder, 'runs', 'a', 'release.ipynb'), notebookText());
    expect(await check()(cellOf('await $`deploy`\nawait $`check`\n'))).toMatchObject({
      code: 'run.untold'
    });
    expect(await check()(cellOf('something else', 'ship'))).toMatchObject({ code: 'run.untold' });
    expect(await check()(cellOf('1 + 1'))).toBeNull();
  });

  test('lets rehearsals and notebooks that are no runs be', async () => {
    writeFileSync(join(folder, 'runs', 'a', 'release.ipynb'), notebookText('rehearsal'));
    expect(await check()(cellOf('x', 'ship'))).toBeNull();
  });
});

describe('a notebook that cannot be read', () => {
  const path = () => join(folder, 'release.ipynb');
  const check = () => refuseUnreadableNotebook({ notebook: new NotebookFile(path()), patienceMs: 20 });
  const damaged: readonly (readonly [string, string | null])[] = [
    ['is gone', null],
    ['is empty', ''],
    ['is cut', notebookText().slice(0, 80)],
    ['has conflict markers', `<<<<<<< ours\n${notebookText()}\n=======\n>>>>>>> theirs`],
    ['begins with a byte order mark', `\uFEFF${notebookText()}`],
    ['is null', 'null'],
    ['is a list', '[]'],
    ['has no cells', '{"metadata":{}}'],
    ['has cells that are no list', '{"cells":{},"metadata":{}}'],
    ['speaks of a run without its id', notebookText().replace('"id":"2.4.0-staging-0a1b2c",', '')],
    ['is NULs', '\0'.repeat(200)]
  ];

  test.each(damaged)('because it %s refuses every step', async (_what, text) => {
    if (text !== null) {
      writeFileSync(path(), text);
    }
    expect(await check()(cellOf('1 + 1'))).toMatchObject({ code: 'notebook.unreadable' });
  });

  test('and is readable again a moment later is waited for', async () => {
    writeFileSync(path(), '');
    const refusal = check()(cellOf('1 + 1'));
    writeFileSync(path(), notebookText());
    expect(await refusal).toBeNull();
  });
});
