// The text that passed stands beside a changed one in the plan.
import { expect, test } from '@jest/globals';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import type { PlannedStep, ResumePlan } from '../../../contract/plans/resume-plan.js';
import { withRecordedTexts } from '../../../contract/plans/recorded-texts.js';

const STEP: PlannedStep = {
  step: 'a',
  title: 'Build',
  phase: 'Preparation',
  action: 'ask',
  attempt: 2,
  asks: [{ kind: 'changed', isGone: false }]
};
const planOf = (...steps: PlannedStep[]): ResumePlan => ({ steps, replay: [], next: null });

function started(step: string, attempt: number, source: string): JournalRecord {
  return { kind: 'attempt-started', step, attempt, source } as JournalRecord;
}

async function* records(): AsyncGenerator<JournalRecord> {
  yield started('a', 1, 'first()');
  yield started('a', 2, 'second()');
  yield started('b', 2, 'other()');
}

test('the text of the attempt that would be brought back is added', async () => {
  const { steps } = await withRecordedTexts(planOf(STEP, { ...STEP, step: 'b', attempt: 1 }), records);
  expect(steps[0]?.asks).toEqual([{ kind: 'changed', isGone: false, recorded: 'second()' }]);
  expect(steps[1]?.asks).toEqual([{ kind: 'changed', isGone: false }]);
});

test('a plan without changed texts is left alone, and the journal is not read', async () => {
  const plan = planOf({ ...STEP, action: 'replay', asks: [] });
  const read = (): AsyncIterable<JournalRecord> => {
    throw new Error('The journal was read');
  };
  expect(await withRecordedTexts(plan, read)).toBe(plan);
});
