// The state of a notebook that has only the records kept in its cells.
import { expect, test } from '@jest/globals';
import type { TimingRecord } from '../../../contract/notebook/notebook.js';
import { summarizePhases } from '../../../contract/state/phase-status.js';
import { stateOfKept } from '../../../labextension/phases/kept-state.js';
import { OUTLINE, timeOf } from '../journal-of.js';

function record(n: number, outcome: TimingRecord['outcome']): TimingRecord {
  return { n, queued: timeOf(n), started: timeOf(n), ended: timeOf(n + 2), outcome, by: 'Ann Lee' };
}

test('the last kept record tells the status of a step, and all of them its attempts', () => {
  const state = stateOfKept([
    { id: 'a', records: [record(1, 'failed'), record(2, 'passed')] },
    { id: 'b', records: [record(1, 'passed')] }
  ]);
  expect(state.steps['a']).toMatchObject({
    status: 'passed',
    attempts: [{ outcome: 'failed' }, { durationMs: 2000 }]
  });
  expect(summarizePhases(state, OUTLINE)[0]).toMatchObject({
    status: 'passed',
    passedSteps: 2,
    elapsedMs: 6000
  });
});

test('a cell that was not run has not started', () => {
  expect(stateOfKept([{ id: 'a', records: [record(1, 'aborted')] }]).steps).toEqual({});
  expect(stateOfKept([{ id: 'a', records: [] }]).steps).toEqual({});
});
