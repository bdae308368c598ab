// What undo steps print that no cell has asked for: in the journal under the step that printed it, without secrets.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Cell } from '../../../run/ports.js';
import { Masking } from '../../../run/masking/masking.js';
import { RecordedOutputs } from '../../../run/outputs/recorded-outputs.js';
import { unsentCell } from '../../../run/keeper/unsent-cell.js';
import { UndoOutputs } from '../../../run/going-back/undo-outputs.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
let outputs: UndoOutputs;
let masking: Masking;
const flushed: string[] = [];
beforeEach(async () => {
  run = makeSampleRun();
  await run.admit('look');
  masking = new Masking();
  const { keeper, register } = run;
  const recorder = new RecordedOutputs({ keeper, register, limitBytes: () => 1000, log: () => undefined });
  flushed.length = 0;
  outputs = new UndoOutputs({
    masking,
    register,
    recorder,
    flushCell: async key => void flushed.push(key)
  });
});
afterEach(() => run.end());

const print = (cell: Cell, text: string): void =>
  outputs.publish(cell.key, { kind: 'stream', name: 'stdout', text });
const undo = (cell: Cell, step: string): void =>
  run.register.add({ cell, step, attempt: 1, elapsedMs: () => 0 });
const textOf = (step: string): string =>
  run.journal.records
    .flatMap(record => (record.kind === 'output' && record.step === step ? record.outputs : []))
    .map(output => (output.kind === 'stream' ? output.text : `[${output.kind}]`))
    .join('');

test('each undo step of a message has its own outputs, complete when it has ended', async () => {
  const cell = unsentCell('undo', '', null);
  expect(cell.kind).toBe('undo');
  undo(cell, 'rollback:one');
  print(cell, 'payments: stopped\n');
  outputs.publish(cell.key, { kind: 'result', data: { 'text/plain': '7' }, metadata: {} });
  await outputs.settle(cell);
  undo(cell, 'rollback:two');
  print(cell, 'orders: stopped\n');
  await outputs.settle(cell);
  expect(textOf('rollback:one')).toBe('payments: stopped\n[display]');
  expect(textOf('rollback:two')).toBe('orders: stopped\n');
  expect(flushed).toEqual([]);
});

test('a secret is masked, also when it comes in two parts', async () => {
  masking.learn({ name: 'token', value: 'correct-horse-battery' });
  const cell = unsentCell('undo', '', null);
  undo(cell, 'rollback:one');
  print(cell, 'with correct-ho');
  print(cell, 'rse-battery\n');
  await outputs.settle(cell);
  expect(textOf('rollback:one')).toBe('with «secret token»\n');
});

test('of a cell that asked for it, what it has printed is handed on before the next undo step begins', async () => {
  const { cell } = await run.admit('look');
  expect(cell.kind).toBeUndefined();
  await outputs.settle(cell);
  expect(flushed).toEqual([cell.key]);
});
