// `launchbook reset`: the fresh copy comes back, and nothing of the old attempt is lost.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { FileJournal } from '../../record/journal/file-journal.js';
import { OPENED } from '../contract/sample-journal.js';
import { ENVIRONMENTS, makeSandbox, TEMPLATE, type Sandbox } from './launchbook.js';

const RUN = 'runs/2.4.0-staging/release.ipynb';
let sandbox: Sandbox;
let fresh: Notebook;

beforeEach(async () => {
  sandbox = makeSandbox();
  sandbox.write('release.ipynb', TEMPLATE);
  sandbox.write('launchbook.yml', ENVIRONMENTS);
  sandbox.git('init', '--template=', '--quiet', '--initial-branch=main');
  sandbox.commit();
  await sandbox.launchbook(
    'new',
    'release.ipynb',
    '--release',
    '2.4.0',
    '--env',
    'staging',
    '--param',
    'batch=7'
  );
  fresh = read(RUN);
});

afterEach(() => sandbox.remove());

function textAt(path: string): string {
  return readFileSync(join(sandbox.folder, path), 'utf8');
}

function read(path: string): Notebook {
  return JSON.parse(textAt(path)) as Notebook;
}

/** Leaves the files of an execution. */
function execute(): string {
  const cells = fresh.cells.map(cell => ({
    ...cell,
    source: 'changed',
    outputs: [{ output_type: 'error' }]
  }));
  sandbox.write(RUN, { ...fresh, cells });
  sandbox.write('runs/2.4.0-staging/release.journal.jsonl', 'the journal');
  sandbox.write('runs/2.4.0-staging/release.outputs/deploy-all-1.txt', 'much output');
  sandbox.write('runs/2.4.0-staging/notes.txt', 'of somebody else');
  return textAt(RUN);
}

describe('`reset`', () => {
  test('gives the fresh copy again: same release, environment and parameters, a new id', async () => {
    execute();
    expect(sandbox.spawn('reset', RUN).code).toBe(0);
    const again = read(RUN);
    expect(again.cells).toEqual(fresh.cells);
    const { id, createdAt, ...identity } = runOf(again)!;
    expect(runOf(fresh)).toMatchObject(identity);
    expect(id).not.toBe(runOf(fresh)!.id);
    expect(createdAt >= runOf(fresh)!.createdAt).toBe(true);
  });

  test('keeps every file of each old attempt beside it, under a number', async () => {
    const executed = execute();
    const { stdout } = await sandbox.launchbook('reset', RUN);
    expect(textAt('runs/2.4.0-staging/release.attempt-1.ipynb')).toBe(executed);
    expect(textAt('runs/2.4.0-staging/release.attempt-1.journal.jsonl')).toBe('the journal');
    expect(textAt('runs/2.4.0-staging/release.attempt-1.outputs/deploy-all-1.txt')).toBe('much output');
    expect(stdout).toMatch(/kept runs\/2\.4\.0-staging\/release\.attempt-1\.ipynb/);
    await sandbox.launchbook('reset', RUN);
    expect(readdirSync(join(sandbox.folder, 'runs/2.4.0-staging')).sort()).toEqual([
      'notes.txt',
      'release.attempt-1.ipynb',
      'release.attempt-1.journal.jsonl',
      'release.attempt-1.outputs',
      'release.attempt-2.ipynb',
      'release.ipynb'
    ]);
  });

  test('takes the template as it was when the run was made; --latest takes it as it is committed now', async () => {
    const improved = [
      ...TEMPLATE.cells,
      { cell_type: 'markdown', id: 'end', metadata: {}, source: '## End' }
    ];
    sandbox.write('release.ipynb', { ...TEMPLATE, cells: improved });
    sandbox.commit('Improve the runbook');
    const { stderr } = await sandbox.launchbook('reset', RUN);
    expect(stderr).toMatch(/release\.ipynb was changed since, in 1 commit/);
    expect(read(RUN).cells).toHaveLength(TEMPLATE.cells.length);
    await sandbox.launchbook('reset', RUN, '--latest');
    expect(read(RUN).cells).toHaveLength(improved.length);
    expect(runOf(read(RUN))!.commit).toBe(sandbox.git('rev-parse', 'HEAD'));
  });

  test('refuses while a kernel has the run open, and changes nothing', async () => {
    const journal = await FileJournal.open(join(sandbox.folder, 'runs/2.4.0-staging/release.journal.jsonl'), {
      first: OPENED,
      now: () => 0
    });
    const { code, stderr } = await sandbox.launchbook('reset', RUN);
    await journal.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/open/);
    expect(read(RUN)).toEqual(fresh);
    expect(existsSync(join(sandbox.folder, 'runs/2.4.0-staging/release.attempt-1.ipynb'))).toBe(false);
  });

  test('refuses a template with exit code 2', async () => {
    expect(await sandbox.launchbook('reset', 'release.ipynb')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/it is not a run/)
    });
  });
});
