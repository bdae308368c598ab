// An executor that ends between the admission of a step and its beginning, in a real kernel: the step must not run in the next one,
// where the variables that it builds on are missing, and what its earlier attempt has done must not be done again.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { openHeadlessRun, type HeadlessRun } from '../../../kernel/host/headless/headless-run.js';

const SOURCES = {
  base: 'const base = 40',
  deploy:
    "const before = base + 1; await $`sh -c ${'echo deployed >> log'}`; if (before === 41) { await new Promise(() => undefined) }"
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-cut-off-'));
  const run = {
    id: '2.4.0-staging-0a1b2c',
    runbook: 'release.ipynb',
    commit: null,
    release: '2.4.0',
    environment: 'staging',
    mode: 'live',
    createdAt: '2026-11-22T08:00:00.000Z',
    createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
    parameters: {}
  };
  const cells = Object.entries(SOURCES).map(([id, source]) => ({
    id,
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null
  }));
  const notebook = { cells, metadata: { launchbook: { run } }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(folder, 'release.ipynb'), JSON.stringify(notebook));
  writeFileSync(join(folder, 'launchbook.yml'), 'environments: { staging: {} }\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Opens the run; `onRecord` hears of each record when it is on disk. */
function open(onRecord: (record: JournalRecord) => void): Promise<HeadlessRun> {
  const path = join(folder, 'release.ipynb');
  return openHeadlessRun({
    path,
    nodePath: process.execPath,
    username: 'ann',
    log: () => undefined,
    onRecord
  });
}

function killExecutor(): void {
  const pids = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'executor-main'], {
    encoding: 'utf8'
  });
  pids
    .trim()
    .split('\n')
    .forEach(pid => process.kill(Number(pid), 'SIGKILL'));
}

test('a step whose executor ended after its admission has not run, and goes on with what its earlier attempt had done', async () => {
  let kill = (_record: JournalRecord): void => undefined;
  const run = await open(record => kill(record));
  try {
    expect(await run.execute('base')).toMatchObject({ status: 'ok', error: null });

    // Dies in the middle, with a finished command behind it.
    kill = record => void (record.kind === 'effect-ended' && killExecutor());
    expect((await run.execute('deploy')).error).toMatchObject({ name: 'ExecutorDied' });
    kill = () => undefined;
    expect(await run.command('%resume')).toMatchObject({ status: 'ok' });

    // Admitted, and its executor is gone before it begins.
    kill = record => void (record.kind === 'attempt-started' && killExecutor());
    const cutOff = await run.execute('deploy');
    kill = () => undefined;
    expect(cutOff.error?.name).toBe('ExecutorDied');
    expect(run.state.steps['deploy']?.attempts.map(({ outcome }) => outcome)).toEqual([
      'inconclusive',
      'inconclusive'
    ]);
    expect(await run.command('%resume')).toMatchObject({ status: 'ok' });

    const waiting = run.execute('deploy');
    await untilAttempt(run, 3);
    await run.interrupt();
    await waiting;
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('deployed\n');
  } finally {
    await run.close();
  }
});

async function untilAttempt(run: HeadlessRun, attempt: number): Promise<void> {
  while ((run.state.steps['deploy']?.attempts.length ?? 0) < attempt) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await new Promise(resolve => setTimeout(resolve, 500));
}
