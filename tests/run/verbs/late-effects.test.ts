// What a cell begins after its step has ended is refused, nothing of it is done, and the record says so.
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
  expect(run.journal.records.at(-1)).toMatchObject({
    kind: 'effect-refused',
    step: 'look',
    code: 'effect.late'
  });
  expect(run.keeper.state.openEffects).toEqual({});
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
