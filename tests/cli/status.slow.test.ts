// `launchbook status`: the text, the JSON and the exit code for each way a run can stand.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import type { RecordBody } from '../../contract/journal/journal.js';
import { decided, ended, KERNEL, OPENED, OUTLINE, requested, started } from '../contract/sample-journal.js';
import { journalText } from '../lifecycle/journal-text.js';
import { makeSandbox, TEMPLATE, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
  const run = { id: '2.4.0-staging-3f9c21', release: '2.4.0', environment: 'staging', mode: 'live' };
  const cells = TEMPLATE.cells.map(cell => ({ ...cell, outputs: [] }));
  sandbox.write('release.ipynb', { ...TEMPLATE, cells, metadata: { launchbook: { run } } });
});

afterEach(() => sandbox.remove());

const BEGIN: RecordBody[] = [OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }];
const PREPARED: RecordBody[] = [...BEGIN, started('p1'), ended('p1')];
const ASKED: RecordBody[] = [...PREPARED, started('s1'), requested('s1')];
const DONE: RecordBody[] = [
  ...ASKED,
  decided('s1'),
  ended('s1'),
  started('s2'),
  ended('s2'),
  started('d1'),
  ended('d1')
];

function statusAfter(bodies: readonly RecordBody[], ...more: string[]) {
  sandbox.write('release.journal.jsonl', journalText(bodies));
  return sandbox.launchbook('status', 'release.ipynb', ...more);
}

describe('`status`', () => {
  test('shows phases, progress, who is awaited since when, and what is locked', async () => {
    const { stdout, code } = await statusAfter(ASKED);
    expect(stdout).toMatch(
      /^Release: release 2\.4\.0 in staging\n▲ amber: “QA sign-off” waits for qa-lead \(/
    );
    expect(stdout).toMatch(/Waits  QA sign-off, for qa-lead, since (2026-11-22 )?08:00:06 UTC/);
    expect(stdout).toMatch(/✓ Prepare      passed       1 of 1 step, 1\.5 s/);
    expect(stdout).toMatch(/▪ Deploy       locked       0 of 1 step, until “QA sign-off”/);
    expect(code).toBe(3);
  });

  test.each([
    ['every phase passed', DONE, 0],
    ['a step failed', [...BEGIN, started('p1'), ended('p1', 1, 'failed')], 1],
    [
      'a step failed and then passed',
      [...BEGIN, started('p1'), ended('p1', 1, 'failed'), started('p1', 2), ended('p1', 2), ...DONE.slice(5)],
      0
    ],
    ['it is half way', PREPARED, 3],
    ['a person rejected', [...ASKED, decided('s1', 'rejected'), ended('s1', 1, 'rejected')], 4],
    ['a process died in a step', [...BEGIN, started('p1'), KERNEL], 5]
  ] as const)('when %s it ends with its exit code', async (_, bodies, code) => {
    expect((await statusAfter(bodies)).code).toBe(code);
  });

  test('before the first execution takes the phases from the notebook', async () => {
    const { stdout, code } = sandbox.spawn('status', 'release.ipynb');
    expect(stdout).toMatch(/· Prepare +not started/);
    expect(stdout).toMatch(/· Deploy +not started/);
    expect(stdout).toMatch(/nothing has run yet/);
    expect(code).toBe(3);
  });

  test('--json prints the same as data', async () => {
    const result = JSON.parse((await statusAfter(ASKED, '--json')).stdout) as {
      exitCode: number;
      phases: { status: string }[];
    };
    expect(result.phases.map(phase => phase.status)).toEqual(['passed', 'waiting', 'locked']);
    expect(result.exitCode).toBe(3);
  });

  test('names the line of a journal that was changed by hand, and tells no state', async () => {
    sandbox.write('release.journal.jsonl', journalText(ASKED).replace('"p1"', '"p2"'));
    const { code, stdout, stderr } = await sandbox.launchbook('status', 'release.ipynb');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/line 4 does not carry the hash/);
  });

  test('is red when the process that ran a step is gone, and says how to go on', async () => {
    const withLock = async (pid: number, host: string) => {
      const lock = { pid, host, since: '2026-11-22T08:00:00.000Z', started: null, token: 't' };
      sandbox.write('.release.journal.jsonl.lock', lock);
      return (await statusAfter([...BEGIN, started('p1')])).stdout;
    };
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const gone = 'the process that ran it is gone; continue with: launchbook resume release.ipynb';
    expect(await withLock(dead, hostname())).toContain(gone);
    expect(await withLock(process.pid, hostname())).not.toContain('is gone');
    expect(await withLock(dead, 'elsewhere')).not.toContain('is gone');
    sandbox.write('.release.journal.jsonl.lock', 'no lock');
    expect((await statusAfter(ASKED)).stdout).not.toContain('is gone');
  });

  test('mentions a last line that a crash cut off, and shows what stands before it', async () => {
    sandbox.write('release.journal.jsonl', `${journalText(ASKED)}{"seq":99`);
    const { code, stderr } = await sandbox.launchbook('status', 'release.ipynb');
    expect(code).toBe(3);
    expect(stderr).toMatch(/cut off/);
  });
});
