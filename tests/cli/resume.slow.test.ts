// `launchbook resume` on a run that died, with a real kernel in a real process: what is done stays done, what is left is run.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { RUN } from '../run/sample-run.js';

const LAUNCHBOOK = join(import.meta.dirname, '../../cli/main.js');

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-resume-'));
  path = join(folder, 'release.ipynb');
  writeFileSync(join(folder, 'launchbook.yml'), 'environments: { staging: {} }\n');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function save(sources: { readonly [id: string]: string }): void {
  const cells = Object.entries(sources).map(([id, source]) =>
    id.startsWith('#')
      ? { id: id.slice(1), cell_type: 'markdown', metadata: {}, source }
      : { id, cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null }
  );
  const metadata = { launchbook: { run: { ...RUN, mode: 'rehearsal' } } };
  writeFileSync(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function launchbook(...args: string[]): { readonly pid: number; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [LAUNCHBOOK, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr.on('data', (part: Buffer) => (text += part.toString()));
  const ended = new Promise<Ended>(resolve => child.on('close', code => resolve({ code, text })));
  return { pid: child.pid!, ended };
}

const logged = (): string[] =>
  existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : [];

function records(): JournalRecord[] {
  const text = readFileSync(join(folder, 'release.journal.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as JournalRecord);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await sleep(20);
  }
}

const log = (word: string, after = ''): string => `await $\`sh -c \${'echo ${word} >> log${after}'}\``;

test('a run that was killed is resumed to its end: judged, replayed, gone on with, and its outputs are in the notebook', async () => {
  save({
    '#p': '## Deploy',
    one: `${log('one')}\nconst one = 1`,
    two: `${log('two')}\n${log('half', '; while test ! -e go; do sleep 0.05; done')}\n${log('three')}`,
    last: 'console.log("one is", one)'
  });
  const first = launchbook('resume', path);
  await until(() => logged().includes('half'));
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  writeFileSync(join(folder, 'go'), '');

  const asked = await launchbook('resume', path).ended;
  expect(asked).toMatchObject({ code: 5 });
  const effect = records().flatMap(record =>
    record.kind === 'effect-started' && record.label.includes('half') ? [record.effect] : []
  )[0]!;
  expect(asked.text).toContain(`--judge ${effect}=passed|failed|again`);
  expect(logged()).toEqual(['one', 'two', 'half']);

  const judge = ['--judge', `${effect}=passed`, '--reason', 'seen in the log', '--json'];
  const resumed = await launchbook('resume', path, ...judge).ended;
  expect(resumed).toMatchObject({ code: 0 });
  expect(JSON.parse(resumed.text)).toMatchObject({ outcome: 'passed', plan: { next: 'two' } });
  expect(logged()).toEqual(['one', 'two', 'half', 'three']);
  const saved = JSON.parse(readFileSync(path, 'utf8')) as { cells: { id: string; outputs: unknown }[] };
  expect(saved.cells.find(({ id }) => id === 'last')?.outputs).toEqual([
    { output_type: 'stream', name: 'stdout', text: ['one is 1\n'] }
  ]);
  expect((await launchbook('resume', path).ended).code).toBe(0);
  expect(logged()).toHaveLength(4);
}, 120_000);

test('exit codes tell a hold point, a failure, and the end of a phase apart', async () => {
  save({ '#p': '## Prepare', one: '1', bad: 'throw new Error("no")' });
  expect(await launchbook('resume', path).ended).toMatchObject({ code: 1 });
  save({
    '#p': '## Prepare',
    one: '1',
    '#q': '## Sign-off',
    go: "await approval('Go')",
    '#r': '## Deploy',
    two: '2'
  });
  expect(await launchbook('resume', path, '--until', 'Prepare').ended).toMatchObject({ code: 0 });
  const held = await launchbook('resume', path).ended;
  expect(held).toMatchObject({ code: 3 });
  expect(held.text).toContain('held at go');
}, 120_000);

test('wrong options change nothing', async () => {
  save({ one: '1' });
  const asked = await launchbook('resume', path, '--judge', 'e1=maybe', '--discard', 'one').ended;
  expect(asked.code).toBe(2);
  expect(asked.text).toContain('--judge e1=maybe is not EFFECT=passed');
  for (const option of ['--judge', '--discard']) {
    expect(asked.text).toContain(`${option} needs --reason TEXT: it stays in the record of the run`);
  }
  expect(existsSync(join(folder, 'release.journal.jsonl'))).toBe(false);
});
