// `launchbook rollback --plan` and `launchbook resume --plan` look: nothing is started, nothing is written, whoever holds the run.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../contract/journal/journal.js';
import { takeLock, type HeldLock } from '../../record/journal/lock-file.js';
import { ended, KERNEL, RUN_OPENED, started } from '../contract/sample-journal.js';
import { journalText } from '../lifecycle/journal-text.js';
import { RUN } from '../run/sample-run.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

const SOURCES = { build: '// Build', deploy: '// Deploy', tell: '// Announce' };
const NOTEBOOK = 'runs/release.ipynb';
const JOURNAL = 'runs/release.journal.jsonl';

const begun = (step: keyof typeof SOURCES): RecordBody => ({
  ...(started(step) as Extract<RecordBody, { kind: 'attempt-started' }>),
  source: SOURCES[step]
});
const did = (step: string, label: string): RecordBody => ({
  kind: 'effect-started',
  effect: `${step}:${label}`,
  step,
  attempt: 1,
  helper: 'shell',
  label,
  request: {}
});
const BODIES: readonly RecordBody[] = [
  { ...(RUN_OPENED as Extract<RecordBody, { kind: 'journal-opened' }>), run: RUN },
  KERNEL,
  begun('build'),
  did('build', 'make'),
  { kind: 'effect-ended', effect: 'build:make', outcome: 'passed', durationMs: 1, result: null },
  { kind: 'checkpoint', name: 'built', step: 'build' },
  ended('build'),
  begun('deploy'),
  { kind: 'rollback-registered', rollback: 'r1', name: 'deploy back', step: 'deploy' },
  ended('deploy', 1, 'failed'),
  begun('tell'),
  did('tell', 'POST https://chat/post'),
  {
    kind: 'effect-ended',
    effect: 'tell:POST https://chat/post',
    outcome: 'passed',
    durationMs: 1,
    result: null
  },
  ended('tell')
];

let box: Sandbox;
let lock: HeldLock | null = null;

beforeEach(() => {
  box = makeSandbox();
  const cells = Object.entries(SOURCES).map(([id, source]) => ({
    id,
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null
  }));
  const metadata = { launchbook: { run: RUN } };
  box.write(NOTEBOOK, { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write(JOURNAL, journalText(BODIES));
});
afterEach(async () => {
  await lock?.release();
  lock = null;
  box.remove();
});

const journal = (): string => readFileSync(join(box.folder, JOURNAL), 'utf8');
const holdRun = async (): Promise<void> => {
  lock = await takeLock(join(box.folder, JOURNAL), '2026-11-22T08:00:00.000Z');
};

describe.each([
  ['held by another process', holdRun],
  ['held by nobody', () => Promise.resolve()]
])('a run that is %s', (_who, hold) => {
  beforeEach(hold);

  test.each([
    [['--to-checkpoint', 'built'], /^Roll back to “built”, reached 2026-11-22 08:00:05 UTC:\n/, ['Announce']],
    [['--step', 'Deploy'], /^Roll back to before “Deploy”:\n/, ['Announce']],
    [[], /^Roll everything back:\n/, ['Build', 'Announce']]
  ])('shows the plan of rollback %j with what has no undo step', async (target, head, without) => {
    const { code, stdout, stderr } = await box.launchbook('rollback', NOTEBOOK, ...target, '--plan');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(head);
    expect(stdout).toContain('1. deploy back\n');
    const json = await box.launchbook('rollback', NOTEBOOK, ...target, '--plan', '--json');
    const { plan } = JSON.parse(json.stdout) as { plan: { without: { title: string }[] } };
    expect(plan.without.map(({ title }) => title)).toEqual(without);
    expect(journal()).toBe(journalText(BODIES));
  });

  test('shows the plan of a resume', async () => {
    const { code, stdout } = await box.launchbook('resume', NOTEBOOK, '--plan');
    expect(code).toBe(0);
    expect(stdout).toContain(lock ? 'Resume: 0 to replay' : '  replay  Build\n');
    expect(stdout).toContain('Next: Deploy\n');
    expect(journal()).toBe(journalText(BODIES));
  });
});

test('the functions of undo steps are at hand while their process lives, and come back first when it is gone', async () => {
  rmSync(join(box.folder, JOURNAL));
  box.write(JOURNAL, journalText(BODIES.filter(body => !('step' in body) || body.step === 'deploy')));
  const plan = async (): Promise<string> => (await box.launchbook('rollback', NOTEBOOK, '--plan')).stdout;
  expect(await plan()).toContain(
    'Evaluated again first, from the record, to have their undo steps back:\n    Deploy'
  );
  await holdRun();
  expect(await plan()).not.toContain('Evaluated again first');
});

test.each([
  [['--to-checkpoint', 'built'], 'A rollback needs --reason TEXT: it stays in the record of the run.'],
  [['--step', 'deploy', '--reason', ' '], 'A rollback needs --reason TEXT'],
  [['--step', 'deploy', '--to-checkpoint', 'built', '--plan'], '--step or --to-checkpoint, not both'],
  [
    ['--to-checkpoint', 'build', '--plan'],
    '--to-checkpoint is "build": the run has reached the checkpoints “built”. Did you mean \'built\'?'
  ]
])('rollback %j is refused', async (words, text) => {
  const { code, stderr } = await box.launchbook('rollback', NOTEBOOK, ...words);
  expect(stderr).toContain(text);
  expect(code).toBe(2);
  expect(journal()).toBe(journalText(BODIES));
});
