// The bar above a notebook while undo steps run, and when they have stopped.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import { ROLL_BACK } from '../../../labextension/resume/commands.js';
import { resumeLook } from '../../../labextension/resume/resume-look.js';
import { ENGLISH } from '../english.js';
import { ANN, ended, opened, started, stateOf } from '../journal-of.js';

const KERNEL: RecordBody = { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN };
const undo = (name: string): RecordBody => ({ kind: 'rollback-registered', rollback: name, name, step: 'a' });
const begun: RecordBody = {
  kind: 'undoing-started',
  checkpoint: null,
  step: 'a',
  rollbacks: ['payments back', 'orders back'],
  by: ANN,
  reason: 'the pods crash'
};
const FIRST: RecordBody[] = [
  started(undoStepOf('payments back')),
  { kind: 'rollback-started', rollback: 'payments back', step: undoStepOf('payments back') },
  { kind: 'rollback-ended', rollback: 'payments back', outcome: 'passed' },
  ended(undoStepOf('payments back'))
];
const SECOND: RecordBody[] = [
  started(undoStepOf('orders back')),
  { kind: 'rollback-started', rollback: 'orders back', step: undoStepOf('orders back') },
  {
    kind: 'effect-started',
    effect: 'e',
    step: undoStepOf('orders back'),
    attempt: 1,
    helper: 'shell',
    label: 'fleetctl deploy orders --version 2.3.9',
    request: null
  }
];
const stopped: RecordBody = {
  kind: 'undoing-stopped',
  error: {
    name: 'E',
    code: 'rollback.failed',
    message: 'It stopped.',
    fields: { reason: 'Exit code 1: deploy orders\nstderr: no key' }
  }
};
const BEFORE = [opened(), KERNEL, undo('orders back'), undo('payments back')];
const lookAfter = (...bodies: RecordBody[]) => resumeLook(stateOf(...BEFORE, ...bodies), ENGLISH);

test('says which undo step runs, with its command, how far it is, and who asked why', () => {
  expect(lookAfter(begun, ...FIRST, ...SECOND)).toMatchObject({
    tone: 'busy',
    title: 'Rolling back',
    text: '2 of 2: “orders back” · fleetctl deploy orders --version 2.3.9 — Asked by Ann Lee: the pods crash',
    progress: { done: 1, count: 2 },
    actions: [{ command: 'notebook:interrupt-kernel' }]
  });
});

test('stays when it has stopped, with what is left and the way to go on', () => {
  expect(lookAfter(begun, ...FIRST, ...SECOND, stopped)).toMatchObject({
    tone: 'stopped',
    title: 'The rollback has stopped at “orders back”',
    details: 'stderr: no key',
    text: 'Exit code 1: deploy orders. Undone: “payments back”. Not undone: “orders back”. Roll back again to go on; what is undone is not undone twice.',
    actions: [{ command: ROLL_BACK, args: { cell: 'a' } }]
  });
});

test('going on leads to the same place: a checkpoint, a step, or before the first one', () => {
  const to = { ...begun, checkpoint: 'before', step: null };
  expect(lookAfter(to, stopped)?.actions[0]).toMatchObject({
    command: ROLL_BACK,
    args: { checkpoint: 'before' }
  });
  expect(lookAfter({ ...begun, step: null }, stopped)?.actions[0]).toMatchObject({ args: { cell: '' } });
});

test('is gone when everything is undone', () => {
  const done: RecordBody = {
    kind: 'rolled-back',
    step: 'a',
    by: ANN,
    reason: 'r',
    steps: ['a'],
    approvals: []
  };
  expect(lookAfter(begun, ...FIRST, done)).toBeNull();
});

test('a process that ended in the middle asks first what became of the command that ran', () => {
  expect(lookAfter(begun, ...FIRST, ...SECOND, KERNEL)?.title).toBe('A step was cut off');
});
