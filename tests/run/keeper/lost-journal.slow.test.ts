// One run id, one journal: what a kernel and every command do when the journal is gone, cut, renamed, copied or elsewhere.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { runReport } from '../../../lifecycle/report/run-report.js';
import { checkResume } from '../../../lifecycle/run/check-resume.js';
import { runStatus } from '../../../lifecycle/status/run-status.js';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import { openHeadlessRun } from '../../../kernel/host/headless/headless-run.js';
import { callLaunchbook } from '../../cli/launchbook.js';
import { HeadlessFolder } from '../headless-folder.js';

const STEPS = {
  first: "await $`sh -c ${'echo one >> done.txt'}`",
  second: "await $`sh -c ${'echo two >> done.txt'}`"
};

let folder: HeadlessFolder;
beforeEach(async () => {
  folder = new HeadlessFolder(STEPS);
  const run = await open(notebook());
  const { error } = await run.execute('first');
  await run.close();
  expect(error).toBeNull();
});
afterEach(() => folder.remove());

const journal = () => folder.path('release.journal.jsonl');
const notebook = () => folder.path('release.ipynb');
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
    cwd: folder.folder,
    encoding: 'utf8'
  });

function open(path: string, anew?: string) {
  return openHeadlessRun({
    path,
    nodePath: process.execPath,
    username: userInfo().username,
    log: () => undefined,
    ...(anew === undefined ? {} : { anew })
  });
}

function codeOf(act: () => void): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

/** Nobody does anything with the run, and each says why. */
async function expectRefused(path: string, code: string): Promise<void> {
  await expect(open(path)).rejects.toMatchObject({ code });
  const { health, outcome } = runStatus(path);
  expect({ color: health.color, outcome }).toEqual({ color: 'red', outcome: 'inconclusive' });
  expect(codeOf(() => checkResume(path, 'Resuming', {}))).toBe(code);
  await expect(archiveRun(path)).rejects.toMatchObject({ code });
  await expect(runReport(path, 'md')).rejects.toMatchObject({ code });
  expect((await verifyRun(path)).holds).toBe(false);
  expect((await callLaunchbook(folder.folder, ['run', path])).code).toBe(1);
  expect(folder.lines('done.txt')).toEqual(['one']);
}

describe('a journal that does not tell what the notebook tells', () => {
  test.each([
    ['gone', 'journal.gone', () => rmSync(journal())],
    ['empty', 'journal.gone', () => truncateSync(journal())],
    ['a line that was cut off', 'journal.gone', () => writeFileSync(journal(), '{"seq":1,')],
    [
      'an older one',
      'journal.behind',
      () =>
        writeFileSync(journal(), `${readFileSync(journal(), 'utf8').split('\n').slice(0, 2).join('\n')}\n`)
    ]
  ])('%s: nothing runs and nobody says that it has not begun', async (_, code, spoil) => {
    spoil();
    await expectRefused(notebook(), code);
  });

  test('outputs of a front end that writes no times tell it too', async () => {
    const saved = JSON.parse(readFileSync(notebook(), 'utf8')) as {
      cells: { metadata: object; outputs: unknown[] }[];
    };
    saved.cells[0]!.metadata = {};
    saved.cells[0]!.outputs = [{ output_type: 'stream', name: 'stdout', text: 'one' }];
    writeFileSync(notebook(), JSON.stringify(saved));
    rmSync(journal());
    await expectRefused(notebook(), 'journal.gone');
  });

  test('a run that was refused only, and one that has not begun, begin as ever', async () => {
    const fresh = new HeadlessFolder(STEPS, 'environments: { staging: { parameters: { x: number } } }\n');
    await fresh.during(run => run.execute('first')).catch(() => undefined);
    rmSync(fresh.path('release.journal.jsonl'), { force: true });
    expect(runStatus(fresh.path('release.ipynb')).health.color).not.toBe('red');
    fresh.remove();
  });

  test('git is asked for it, also when the cells tell nothing', async () => {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'x');
    const commit = git('rev-parse', '--short', 'HEAD').trim();
    git('rm', '--quiet', 'release.journal.jsonl');
    git('commit', '--quiet', '-m', 'y');
    const fresh = JSON.parse(readFileSync(notebook(), 'utf8')) as {
      cells: { metadata: object; outputs: unknown[] }[];
    };
    fresh.cells.forEach(cell => Object.assign(cell, { metadata: {}, outputs: [] }));
    writeFileSync(notebook(), JSON.stringify(fresh));
    await expect(open(notebook())).rejects.toMatchObject({
      code: 'journal.gone',
      hint: expect.stringContaining(`checkout ${commit} -- release.journal.jsonl`) as unknown
    });
  });

  test('a person begins anew with a reason, which stays in the record, and what is left is set aside', async () => {
    truncateSync(journal());
    await expect(open(notebook(), ' ')).rejects.toMatchObject({ code: 'journal.gone' });
    const { code, stdout } = await callLaunchbook(folder.folder, [
      'run',
      'release.ipynb',
      '--anew',
      'the disk is gone'
    ]);
    expect({ code, last: stdout.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      last: '2 of 2 steps passed.'
    });
    expect(folder.records()[0]).toMatchObject({
      kind: 'journal-opened',
      anew: {
        by: { username: expect.any(String) as unknown },
        reason: 'the disk is gone',
        because: 'journal.gone'
      }
    });
    expect(existsSync(`${journal()}.aside-1`)).toBe(true);
    expect((await runReport(notebook(), 'md')).text).toContain('the disk is gone');
    expect((await verifyRun(notebook())).findings).toEqual([]);
    // And it goes on like every other.
    expect((await callLaunchbook(folder.folder, ['run', 'release.ipynb'])).code).toBe(0);
    expect(folder.lines('done.txt')).toEqual(['one', 'one', 'two']);
  });

  test('a broken one is given up in the same way, and a whole one never', async () => {
    await expect(open(notebook(), 'why not')).rejects.toMatchObject({ code: 'journal.whole' });
    const broken = readFileSync(journal(), 'utf8').replace('"first"', '"fir5t"');
    writeFileSync(journal(), broken);
    const run = await open(notebook(), 'changed by nobody knows whom');
    await run.close();
    expect(readFileSync(`${journal()}.aside-1`, 'utf8')).toBe(broken);
  });
});

describe('a notebook with another name or place', () => {
  test('renamed: its journal and decisions take its name, and nothing is done twice', async () => {
    mkdirSync(folder.path('release.approvals'));
    renameSync(notebook(), folder.path('prod.ipynb'));
    expect(runStatus(folder.path('prod.ipynb')).records).toBeGreaterThan(3);
    expect((await verifyRun(folder.path('prod.ipynb'))).findings).toEqual([]);
    expect((await callLaunchbook(folder.folder, ['run', 'prod.ipynb'])).code).toBe(0);
    expect(folder.lines('done.txt')).toEqual(['one', 'two']);
    expect([existsSync(journal()), existsSync(folder.path('prod.journal.jsonl'))]).toEqual([false, true]);
    expect(existsSync(folder.path('prod.approvals'))).toBe(true);
  });

  test('its folder renamed: it goes on', async () => {
    const moved = `${folder.folder}-moved`;
    renameSync(folder.folder, moved);
    await (await open(join(moved, 'release.ipynb'))).close();
    renameSync(moved, folder.folder);
  });

  test('a copy beside it is refused, the run itself goes on', async () => {
    cpSync(notebook(), folder.path('copy.ipynb'));
    await expectRefused(folder.path('copy.ipynb'), 'journal.copied');
    cpSync(journal(), folder.path('copy.journal.jsonl'));
    await expectRefused(folder.path('copy.ipynb'), 'journal.copied');
    await (await open(notebook())).close();
  });

  test.each([true, false])('a copied folder is refused, with its journal: %s', async withJournal => {
    git('init', '--quiet');
    mkdirSync(folder.path('runs/a'), { recursive: true });
    for (const name of ['release.ipynb', 'release.journal.jsonl']) {
      renameSync(folder.path(name), folder.path(`runs/a/${name}`));
    }
    await (await open(folder.path('runs/a/release.ipynb'))).close();
    cpSync(folder.path('runs/a'), folder.path('runs/b/c'), { recursive: true });
    if (!withJournal) {
      rmSync(folder.path('runs/b/c/release.journal.jsonl'));
    }
    await expectRefused(folder.path('runs/b/c/release.ipynb'), 'journal.copied');
    await (await open(folder.path('runs/a/release.ipynb'))).close();
    rmSync(folder.path('runs/a'), { recursive: true });
    if (withJournal) {
      await (await open(folder.path('runs/b/c/release.ipynb'))).close();
    }
  });

  test('a notebook that went to another folder without its journal is refused', async () => {
    mkdirSync(folder.path('.git'));
    mkdirSync(folder.path('elsewhere'));
    renameSync(notebook(), folder.path('elsewhere/release.ipynb'));
    await expectRefused(folder.path('elsewhere/release.ipynb'), 'journal.elsewhere');
  });
});
