// What the panel offers after the last step.
import { expect, test } from '@jest/globals';
import { summarizePhases } from '../../../../contract/state/phase-status.js';
import type { RecordBody } from '../../../../contract/journal/journal.js';
import { runEndLook, type RunEndLook } from '../../../../labextension/phases/look/run-end-look.js';
import type { ActState } from '../../../../labextension/tokens.js';
import { ENGLISH } from '../../english.js';
import { ended, opened, OUTLINE, started, stateOf } from '../../journal-of.js';

const STEPS = OUTLINE.phases.flatMap(({ steps }) => steps.map(({ id }) => id));
const ALL_PASSED = STEPS.flatMap((id): RecordBody[] => [started(id), ended(id)]);

function endAfter(
  bodies: readonly RecordBody[],
  isArchived = false,
  progress: { readonly [command: string]: ActState } = {}
): RunEndLook | null {
  const state = stateOf(opened(), ...bodies);
  const phases = summarizePhases(state, OUTLINE);
  return runEndLook(phases, isArchived, command => progress[command] ?? null, ENGLISH);
}

test('nothing while a step is left', () => {
  expect(endAfter([])).toBeNull();
  expect(endAfter(ALL_PASSED.slice(0, -1))).toBeNull();
  expect(endAfter([...ALL_PASSED.slice(0, -1), ended(STEPS.at(-1)!, 'failed')])).toBeNull();
});

test('after the last step archive, report, learn, in this order', () => {
  const end = endAfter(ALL_PASSED)!;
  expect(end.acts.map(({ label, status }) => [label, status])).toEqual([
    ['Archive…', 'not-started'],
    ['Report', 'not-started'],
    ['Learn', 'not-started']
  ]);
  expect([end.title, end.isBusy]).toEqual(['The run is done', false]);
});

test('while one is at work the others wait, and an error stays beside what it is about', () => {
  const [archive] = endAfter(ALL_PASSED)!.acts;
  const busy = endAfter(ALL_PASSED, false, { [archive!.command]: { status: 'running', text: 'Searching' } })!;
  expect([busy.isBusy, busy.acts[0]?.text]).toEqual([true, 'Searching']);
  const fault = { status: 'failed', text: 'A secret is in a file.' } as const;
  const refused = endAfter(ALL_PASSED, false, { [archive!.command]: fault })!;
  expect([refused.isBusy, refused.acts[0]]).toMatchObject([false, fault]);
});

test('an archived run says so, also in a page that has not archived it and when it was unfinished', () => {
  const end = endAfter([], true)!;
  expect([end.title, end.acts[0]]).toMatchObject([
    'The run is archived',
    { status: 'passed', about: '', text: 'Committed and tagged as the record of what happened.' }
  ]);
  expect(end.acts.slice(1).map(({ about }) => about === '')).toEqual([false, false]);
});
