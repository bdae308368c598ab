// What a cell begins after its step has ended is refused, nothing of it is done, and the step that has left it behind has failed after all.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Json } from '../../../contract/base/json.js';
import { answerCall } from '../../../run/verbs/answer-call.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

const CHANGES: readonly (readonly [string, Json])[] = [
  ['effect.start', { helper: 'shell', label: 'fleetctl deploy orders', request: null }],
  ['rollback.register', { name: 'Schema down', values: [] }],
  ['checkpoint.reach', { name: 'after the deployment' }],
  ['tasks.assign', { name: 'Tasks', tasks: [] }]
];

test.each(CHANGES)('%s after the end of its step', async (method, params) => {
  const { cell } = await run.admit('look');
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
  const { signal } = new AbortController();
  const call = { cell: cell.key, isLate: true, method, params };
  await expect(answerCall(run, call, signal)).rejects.toMatchObject({ code: 'effect.late' });
  expect(run.journal.records.at(-2)).toMatchObject({
    kind: 'effect-refused',
    step: 'look',
    code: 'effect.late'
  });
  expect(run.keeper.state.openEffects).toEqual({});
  expect(run.keeper.state.steps['look']).toMatchObject({
    status: 'failed',
    attempts: [{ outcome: 'failed', error: { code: 'step.failed_after_end' } }]
  });
});

const FAULT = { name: 'Error', code: 'foreign.error', message: 'nobody answered' };
const faultOf = (key: string): Promise<Json> =>
  answerCall(
    run,
    { cell: key, isLate: true, method: 'step.fault', params: FAULT },
    new AbortController().signal
  );

test.each(['before', 'after', 'in the middle of'])('an error %s the record of its end', async when => {
  const { cell } = await run.admit('look');
  const settle = () => run.gate.settle(cell, { status: 'ok', startedAt: '' });
  if (when === 'before') {
    await faultOf(cell.key);
    await settle();
  } else if (when === 'after') {
    await settle();
    await faultOf(cell.key);
  } else {
    await Promise.all([settle(), faultOf(cell.key)]);
  }
  expect(run.keeper.state.steps['look']).toMatchObject({
    status: 'failed',
    attempts: [{ outcome: 'failed', error: { message: expect.stringContaining('nobody answered') } }]
  });
});

test('an error of an earlier attempt leaves the one that has passed since', async () => {
  const first = await run.admit('look');
  await run.gate.settle(first.cell, { status: 'ok', startedAt: '' });
  const second = await run.admit('look');
  await run.gate.settle(second.cell, { status: 'ok', startedAt: '' });
  await faultOf(first.cell.key);
  const { status, attempts } = run.keeper.state.steps['look']!;
  expect([status, ...attempts.map(({ outcome }) => outcome)]).toEqual(['passed', 'failed', 'passed']);
});

test('an error of a step that was rolled back leaves it rolled back', async () => {
  const { cell } = await run.admit('look');
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
  await run.keeper.append({
    kind: 'rolled-back',
    checkpoint: null,
    step: 'look',
    steps: ['look'],
    approvals: [],
    by: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
    reason: 'too slow'
  });
  await faultOf(cell.key);
  expect(run.keeper.state.steps['look']).toMatchObject({ status: 'stale' });
});

test('a step that has failed already keeps its error, and one fault is enough', async () => {
  const { cell } = await run.admit('look');
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
  await faultOf(cell.key);
  const { length } = run.journal.records;
  await faultOf(cell.key);
  expect(run.journal.records).toHaveLength(length);
});

test('the end of what began in time is still taken', async () => {
  const { cell } = await run.admit('look');
  const { signal } = new AbortController();
  const effect = { helper: 'shell', label: 'sleep 1', request: null };
  const id = await answerCall(
    run,
    { cell: cell.key, isLate: false, method: 'effect.start', params: effect },
    signal
  );
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
  const end = { effect: id, outcome: 'passed', durationMs: 1, result: null };
  await answerCall(run, { cell: cell.key, isLate: true, method: 'effect.end', params: end }, signal);
  expect(run.journal.records.at(-1)).toMatchObject({ kind: 'effect-ended', outcome: 'passed' });
});
