// A timer of a cell may call the helpers after the cell has ended. Nobody waits for an answer then, so nobody is asked.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Json } from '../../../contract/base/json.js';
import { answerCall } from '../../../run/verbs/answer-call.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

const QUESTIONS: readonly (readonly [string, Json])[] = [
  [
    'approval.ask',
    { name: 'QA sign-off', question: 'May it go?', approvers: [], evidence: [], timeoutMs: null }
  ],
  ['checklist.ask', { name: 'Closing', items: [{ text: 'Mail', required: true }] }],
  ['tasks.gather', { taskList: 'task-list-1', rule: 'all', untilMs: null }]
];

test.each(QUESTIONS)(
  '%s of a cell that has ended is refused, nobody is asked, and its step has failed',
  async (method, params) => {
    const { cell } = await run.admit('look');
    await run.gate.settle(cell, { status: 'ok', startedAt: '' });
    const { length } = run.journal.records;
    const ended = AbortSignal.abort();
    await expect(
      answerCall(run, { cell: cell.key, isLate: true, method, params }, ended)
    ).rejects.toMatchObject({
      code: 'call.cell_ended'
    });
    expect(run.journal.records.slice(length)).toMatchObject([{ kind: 'attempt-ended', outcome: 'failed' }]);
    expect(run.keeper.state.steps['look']).toMatchObject({ status: 'failed', holds: [] });
  }
);
