// `launchbook run` with a real kernel: the example against a real fleet in a real git repository, and runs made for one thing each.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { ROOT, startFleet } from '../examples/start-fleet.js';
import { makeSigners } from '../run/signers.js';
import { testInProof } from '../test-in-proof.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

const LAUNCHBOOK = join(import.meta.dirname, '../../cli/main.js');
const RUN = join('runs', '2.4.0-staging', 'release.ipynb');

let box: Sandbox;

beforeEach(() => {
  box = makeSandbox();
});

afterEach(() => box.remove());

/** Makes a run of a template with these cells; a key with `#` is a heading. */
function makeRun(sources: { readonly [id: string]: string }, environment = 'staging', policy = '{}'): string {
  const cells = Object.entries(sources).map(([id, source]) =>
    id.startsWith('#')
      ? { id: id.slice(1), cell_type: 'markdown', metadata: {}, source }
      : { id, cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null }
  );
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('release.ipynb', { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write(
    'launchbook.yml',
    `environments: { staging: {}, live: { policy: ${policy} }, production: { production: true } }\n`
  );
  box.git('init', '--template=', '--quiet');
  box.commit();
  const { stdout } = box.spawn('new', 'release.ipynb', '--release', '2.4.0', '--env', environment);
  return join(box.folder, stdout.trim());
}

const log = (word: string): string => `await $\`sh -c \${'echo ${word} >> log'}\``;

interface SavedCell {
  readonly id: string;
  readonly metadata: { readonly launchbook?: { readonly attempts: readonly string[] } };
  readonly execution_count: number | null;
  readonly outputs: readonly { readonly output_type: string; readonly text?: readonly string[] }[];
}

function savedCell(path: string, id: string): SavedCell {
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as { cells: SavedCell[] };
  return cells.find(cell => cell.id === id)!;
}

testInProof(
  'the example is rehearsed to its hold point, released by a signed decision alone, fails, is fixed and goes on',
  async () => {
    const fleet = await startFleet();
    const signers = makeSigners(['bob']);
    const own = makeSandbox(fleet.environment);
    try {
      copyFileSync(join(ROOT, 'examples', 'release.ipynb'), join(own.folder, 'release.ipynb'));
      copyFileSync(join(ROOT, 'examples', 'launchbook.yml'), join(own.folder, 'launchbook.yml'));
      copyFileSync(signers.allowedSigners, join(own.folder, 'allowed_signers'));
      own.git('init', '--template=', '--quiet');
      own.commit();
      own.spawn('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
      await fleet.fleetctl('fault', 'add', 'payments', 'crash-on-start', '--version', '2.4.0');

      const held = own.spawn('run', RUN);
      expect(held).toMatchObject({ code: 3, stderr: '' });
      for (const text of [
        'staging, rehearsal',
        '✓ Deploy catalog and orders',
        '◔ held at',
        '8 of 14 steps'
      ]) {
        expect(held.stdout).toContain(text);
      }
      expect(held.stdout).toContain(`launchbook approve ${RUN} "QA sign-off" --approve --write`);
      const path = join(own.folder, RUN);
      expect(savedCell(path, 'services-before').outputs[0]?.text?.join('')).toMatch(
        /catalog +2\.3\.1 +healthy/
      );
      expect(savedCell(path, 'services-before').metadata.launchbook?.attempts).toEqual([
        expect.stringMatching(/^1 passed \S+Z \+\d+ \+\d+ \S/)
      ]);
      expect(savedCell(path, 'deploy-second-batch').outputs).toEqual([]);
      expect(own.spawn('run', RUN, '--quiet').code).toBe(3);

      const words = ['--approve', '--write', '--comment', 'ordered a tea', '--key', signers.keyOf('bob')];
      expect(own.spawn('approve', RUN, 'QA sign-off', ...words).code).toBe(0);
      const failed = own.spawn('run', RUN, '--json');
      expect(failed.code).toBe(1);
      expect(JSON.parse(failed.stdout)).toMatchObject({
        outcome: 'failed',
        step: 'deploy-second-batch',
        error: { name: 'CommandFailedError' },
        steps: { passed: 9, skipped: 0, total: 14 },
        exitCode: 1
      });
      expect(failed.stderr).toContain('“QA sign-off” approved by bob (signed, key): ordered a tea');

      await fleet.fleetctl('fault', 'clear', 'payments');
      const closing = own.spawn('run', RUN, '--quiet');
      expect(closing).toMatchObject({ code: 3, stdout: expect.stringContaining('13 of 14 steps passed') });
      const { state } = readRun(path);
      expect(state.steps['deploy-first-batch']?.attempts).toHaveLength(1);
      expect(state.run?.mode).toBe('rehearsal');
    } finally {
      own.remove();
      signers.remove();
      await fleet.stop();
    }
  },
  120_000
);

test('a rejection is an end of its own', () => {
  const signers = makeSigners(['bob']);
  const path = makeRun({
    '#s': '## Sign-off',
    ask: "await approval('Go', { approvers: ['bob'] })",
    next: '1'
  });
  copyFileSync(signers.allowedSigners, join(box.folder, 'allowed_signers'));
  expect(box.spawn('run', path).code).toBe(3);
  const words = ['--reject', '--comment', 'slow', '--write', '--key', signers.keyOf('bob')];
  expect(box.spawn('approve', path, 'Go', ...words).code).toBe(0);
  const rejected = box.spawn('run', path);
  expect(rejected).toMatchObject({ code: 4, stdout: expect.stringContaining('⊘ rejected at') });
  expect(readRun(path).state.steps['next']).toBeUndefined();
  signers.remove();
});

test('Ctrl+C interrupts the step, leaves a whole journal, and the command that it cut off is asked about before the next run', async () => {
  const path = makeRun({
    '#p': '## Deploy',
    one: log('one'),
    slow: `await $\`sh -c \${'echo slow >> log; test -e go || exec sleep 60'}\``,
    last: log('last')
  });
  await interruptAt(path, 'slow');
  const { torn, state } = readRun(path);
  expect([torn, state.steps['slow']?.status, state.steps['last']]).toEqual([null, 'inconclusive', undefined]);
  expect(readdirSync(join(path, '..')).filter(name => /lock|part/.test(name))).toEqual([]);

  const asked = box.spawn('run', path);
  const [effect] = Object.keys(state.cutOffEffects);
  expect([asked.code, asked.stdout]).toEqual([
    5,
    expect.stringContaining(`%judge ${effect} passed|failed|again`)
  ]);
  expect(logged()).toEqual(['one', 'slow']);
  box.write('go', '');
  expect(
    box.spawn('resume', path, '--judge', `${effect}=again`, '--reason', 'it had not deployed').code
  ).toBe(0);
  expect(logged()).toEqual(['one', 'slow', 'slow', 'last']);
});

test('a step that Ctrl+C cut off between its commands runs again without a question', async () => {
  const path = makeRun({
    '#p': '## Deploy',
    wait: `const { existsSync, writeFileSync } = await import('node:fs');
writeFileSync('log', 'waits');
while (!existsSync('go')) await new Promise(later => setTimeout(later, 10));`,
    last: 'await $`touch done`;'
  });
  await interruptAt(path, 'waits');
  box.write('go', '');
  expect(box.spawn('run', path).code).toBe(0);
  expect(existsSync(join(box.folder, 'done'))).toBe(true);
});

/** Words of the file `log` beside the run. */
function logged(): string[] {
  const file = join(box.folder, 'log');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

/** Runs it, and sends Ctrl+C when the word stands in the log. */
async function interruptAt(path: string, word: string): Promise<void> {
  const child = spawn(process.execPath, [LAUNCHBOOK, 'run', path, '--json'], { cwd: box.folder });
  const code = new Promise(resolve => child.on('close', resolve));
  child.stdout.resume();
  child.stderr.resume();
  while (!logged().includes(word)) {
    await sleep(20);
  }
  child.kill('SIGINT');
  expect(await code).toBe(5);
}

test('another mode runs a copy, and the run itself stays as it was', () => {
  const path = makeRun({ '#d': '## Deploy', deploy: log('deployed') }, 'production');
  const before = readFileSync(path, 'utf8');
  const { code, stdout } = box.spawn('run', path, '--mode', 'dry-run');
  expect([code, stdout]).toEqual([0, expect.stringContaining('would run')]);
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(existsSync(path.replace('.ipynb', '.journal.jsonl'))).toBe(false);
  const copy = join(box.folder, 'runs', '2.4.0-production-dry-run', 'release.ipynb');
  expect(readRun(copy).run).toMatchObject({ mode: 'dry-run', release: '2.4.0', environment: 'production' });
  expect(existsSync(join(box.folder, 'log'))).toBe(false);
  expect(savedCell(copy, 'deploy').execution_count).toBe(1);
});

test('a live run in production is not begun where its name cannot be typed', () => {
  const path = makeRun({ '#d': '## Deploy', deploy: log('deployed') }, 'production');
  const { code, stdout } = box.spawn('run', path);
  expect([code, stdout]).toEqual([3, expect.stringContaining('its name must be typed')]);
  expect(existsSync(join(box.folder, 'log'))).toBe(false);
});

test('what is asked wrongly is refused with every fault before a kernel is started', () => {
  const path = makeRun({ '#d': '## Deploy', deploy: log('deployed') }, 'production');
  const { code, stderr } = box.spawn('run', path, '--until', 'Deplo', '--mode', 'rehearsal');
  expect(code).toBe(2);
  expect(stderr).toMatch(/--until is "Deplo": the run has the phases Deploy/);
  expect(stderr).toMatch(/--mode is rehearsal, and production is production/);
  expect(box.spawn('run', 'release.ipynb')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it is not the notebook of a run')
  });
  expect(readdirSync(join(box.folder, 'runs'))).toEqual(['2.4.0-production']);
  box.write('launchbook.yml', 'environments: { staging: {} }\n');
  expect(box.spawn('run', path, '--mode', 'rehearsal').stderr).toContain('expected a lower environment');
});

test('on a terminal the last line says which step runs, for how long, and the steps stay above it', () => {
  const path = makeRun({
    '#d': '## Deploy',
    one: 'await new Promise(resolve => setTimeout(resolve, 600))',
    two: 'console.log("done")'
  });
  const inTerminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
  const { status, stdout } = spawnSync(
    'python3',
    ['-c', inTerminal, process.execPath, LAUNCHBOOK, 'run', path],
    { encoding: 'utf8', cwd: box.folder, input: '', env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' } }
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/\r\x1b\[2K… step 1 of 2 · \d+ ms · await new Promise/);
  expect(stdout).toMatch(/\r\x1b\[2K {2}│ done\r\n/);
  expect(stdout).toContain('2 of 2 steps passed.');
});

test('tasks of people hold a run that nobody can be asked in', () => {
  const path = makeRun({
    '#t': '## Tasks',
    tasks: "const tasks = await assign('Smoke tests', [{ task: 'Order a tea', owner: 'ann' }])",
    wait: 'await gather(tasks)'
  });
  expect(box.spawn('run', path)).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('held at “await gather(tasks)”: Nobody can decide here')
  });
});

test('a reader that goes away, as in “launchbook run | head”, stops nothing', async () => {
  const path = makeRun({
    '#d': '## Deploy',
    one: log('one'),
    two: log('two'),
    three: 'console.log("three")'
  });
  const child = spawn(process.execPath, [LAUNCHBOOK, 'run', path], { cwd: box.folder });
  child.stdout.once('data', () => child.stdout.destroy());
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const code = await new Promise(resolve => child.on('close', resolve));
  expect([code, errors]).toEqual([0, '']);
  expect(readRun(path).state.steps['three']?.status).toBe('passed');
});

test('a phase that the policy locks holds a live run until it was rehearsed, and the rehearsal lets it on', () => {
  const sources = { '#deploy': '## Deploy', ship: log('shipped') };
  makeRun(sources, 'live', '{ rehearsal: { in: [staging] } }');
  box.spawn(
    'new',
    'release.ipynb',
    '--release',
    '2.4.0',
    '--env',
    'live',
    '--mode',
    'live',
    '--out',
    'runs/live'
  );
  const path = join(box.folder, 'runs', 'live', 'release.ipynb');

  const held = box.spawn('run', path);
  expect(held.code).toBe(3);
  expect(held.stdout).toContain('the policy asks for a rehearsal in staging');
  expect(held.stdout).toContain('It was never rehearsed in staging.');
  expect(readRun(path).state.steps).toEqual({});

  box.spawn('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
  expect(box.spawn('run', RUN).code).toBe(0);
  const ended = box.spawn('run', path);
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain('“Deploy” rests on its rehearsal in staging (2.4.0-staging-');
  expect(readRun(path).state.admissions['deploy']?.receipt).toMatchObject({
    environment: 'staging',
    outcome: 'passed',
    journal: { place: '2.4.0-staging/release.journal.jsonl' }
  });
});
