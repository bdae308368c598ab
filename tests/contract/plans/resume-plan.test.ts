import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import {
  attemptChain,
  continuableAttempt,
  effectsToJudge,
  planResume
} from '../../../contract/plans/resume-plan.js';
import { ANN, KERNEL, OUTLINE, RUN_OPENED, ended, stamp, started } from '../sample-journal.js';

const stateOf = (...bodies: RecordBody[]) =>
  foldJournal(stamp([RUN_OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }, ...bodies]));
const passed = (step: string): RecordBody[] => [started(step), ended(step)];
const effect = (id: string, step: string, helper = 'shell', attempt = 1): RecordBody => ({
  kind: 'effect-started',
  effect: id,
  step,
  attempt,
  helper,
  label: 'deploy',
  request: {}
});
const SAME = { p1: 'h', s1: 'h', s2: 'h', d1: 'h' };
const actionsOf = (plan: ReturnType<typeof planResume>) =>
  plan.steps.map(({ step, action }) => `${step} ${action}`);

describe('planResume', () => {
  test('replays what had passed in the order of time, and names what comes next', () => {
    const plan = planResume(stateOf(...passed('s1'), ...passed('p1'), KERNEL), OUTLINE, SAME);
    expect(actionsOf(plan)).toEqual(['p1 replay', 's1 replay', 's2 run', 'd1 run']);
    expect(plan.replay).toEqual(['s1', 'p1']);
    expect(plan.next).toBe('s2');
  });

  test('asks about a step whose text has changed or is gone', () => {
    const state = stateOf(...passed('p1'), ...passed('s1'), KERNEL);
    const plan = planResume(state, OUTLINE, { p1: 'other' });
    expect(plan.replay).toEqual([]);
    expect(plan.steps.slice(0, 2).map(({ asks }) => asks)).toEqual([
      [{ kind: 'changed', isGone: false }],
      [{ kind: 'changed', isGone: true }]
    ]);
  });

  test('asks what became of an effect without an end, until a person has said it', () => {
    const died = [...passed('p1'), started('d1'), effect('e1', 'd1'), KERNEL];
    const asked = planResume(stateOf(...died), OUTLINE, SAME).steps.find(({ step }) => step === 'd1');
    expect(asked).toMatchObject({
      action: 'ask',
      attempt: 1,
      asks: [{ kind: 'inconclusive', effect: { id: 'e1' } }]
    });
    const judged: RecordBody = {
      kind: 'effect-judged',
      effect: 'e1',
      judgement: 'passed',
      by: ANN,
      reason: 'seen in the log'
    };
    const answered = planResume(stateOf(...died, judged), OUTLINE, SAME);
    expect(answered.steps.find(({ step }) => step === 'd1')?.action).toBe('run');
  });

  test('keeps what was left out, and says nothing of a step that is no cell any more', () => {
    const skip: RecordBody = { kind: 'step-skipped', step: 's2', by: ANN, reason: 'not needed' };
    const plan = planResume(stateOf(...passed('gone'), ...passed('p1'), skip, KERNEL), OUTLINE, SAME);
    expect(actionsOf(plan)).toEqual(['p1 replay', 's1 run', 's2 keep', 'd1 run', 'gone ask']);
    expect(plan.steps.at(-1)).toMatchObject({ title: 'gone', phase: '' });
  });

  test('has nothing to replay when nothing was lost', () => {
    const plan = planResume(stateOf(...passed('p1')), OUTLINE, SAME);
    expect(plan).toMatchObject({ replay: [], next: 's1' });
    expect(plan.steps[0]?.action).toBe('keep');
  });
});

describe('continuableAttempt', () => {
  const stepAfter = (...bodies: RecordBody[]) => continuableAttempt(stateOf(...bodies).steps['d1']);
  const endedWith = (code: string): RecordBody => ({
    ...(ended('d1', 1, 'inconclusive') as Extract<RecordBody, { kind: 'attempt-ended' }>),
    error: { name: 'E', code, message: '' }
  });

  test('is the attempt that died with its process', () => {
    expect(stepAfter(started('d1'), KERNEL)?.attempt).toBe(1);
    const died = [
      started('d1'),
      { kind: 'executor-replaced', reason: 'died' } as const,
      endedWith('executor.died')
    ];
    expect(stepAfter(...died)?.attempt).toBe(1);
  });

  test('is none after a failure, an interrupt of a person, a success, or when it was given up', () => {
    expect(stepAfter(started('d1'), ended('d1', 1, 'failed'))).toBeNull();
    expect(stepAfter(started('d1'), endedWith('cell.interrupted'))).toBeNull();
    expect(stepAfter(started('d1'), ended('d1'))).toBeNull();
    const discarded: RecordBody = { kind: 'recovery-discarded', from: 'd1', by: ANN, reason: 'anew' };
    expect(stepAfter(started('d1'), KERNEL, discarded)).toBeNull();
  });
});

test('the effects of an attempt that goes on with another one are those of both', () => {
  const goesOn = { ...started('d1', 2), continues: 1 } as RecordBody;
  const bodies = [started('d1'), effect('e1', 'd1'), KERNEL, goesOn, effect('e2', 'd1', 'shell', 2), KERNEL];
  const state = stateOf(...bodies);
  const chain = attemptChain(state.steps['d1'], 2);
  expect(chain).toEqual([1, 2]);
  expect(effectsToJudge(state, 'd1', chain).map(({ id }) => id)).toEqual(['e1', 'e2']);
  expect(attemptChain(state.steps['d1'], 9)).toEqual([]);
});

test('a wait or a search that was cut off needs no judgement', () => {
  const state = stateOf(started('d1'), effect('e1', 'd1', 'poll'), effect('e2', 'd1', 'http'), KERNEL);
  expect(effectsToJudge(state, 'd1', [1]).map(({ id }) => id)).toEqual(['e2']);
});
