// What stands below a cell whose step was left out, is stale, or was cut off.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { remarkLook, type RemarkLook } from '../../../labextension/resume/remark-look.js';
import { ENGLISH } from '../english.js';
import { ANN, OUTLINE, ended, opened, started, stateOf, timeOf } from '../journal-of.js';

const OUTLINED: RecordBody = { kind: 'outline', outline: OUTLINE };
const KERNEL: RecordBody = { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN };
const EFFECT: RecordBody = {
  kind: 'effect-started',
  effect: 'a:1:effect-1',
  step: 'a',
  attempt: 1,
  helper: 'shell',
  label: 'fleetctl deploy orders',
  request: {}
};

function remarkOn(step: string, ...bodies: RecordBody[]): RemarkLook | null {
  const state = stateOf(opened(), OUTLINED, KERNEL, ...bodies);
  return remarkLook(state.steps[step], state, OUTLINE, ENGLISH, Date.parse(timeOf(60)));
}

test('a step that passed or failed has none: its times say everything', () => {
  expect(remarkOn('a')).toBeNull();
  expect(remarkOn('a', started('a'), ended('a'))).toBeNull();
  expect(remarkOn('a', started('a'), ended('a', 'failed'))).toBeNull();
});

test('a skipped step says who left it out, when and why', () => {
  const skipped: RecordBody = { kind: 'step-skipped', step: 'a', by: ANN, reason: 'It is warm' };
  expect(remarkOn('a', skipped)).toEqual({
    tone: 'quiet',
    text: 'Skipped by Ann Lee (claimed) at 08:00:04 UTC: It is warm'
  });
});

test('a stale step names the step that was run again', () => {
  const passed = [started('a'), ended('a'), started('b'), ended('b')];
  expect(remarkOn('b', ...passed, started('a', 2), ended('a', 'passed', 1000, 2))).toEqual({
    tone: 'attention',
    text: 'Stale since 08:00:08 UTC, because “Check” before it was run again. It has to be run again.'
  });
});

test('a stale step names the checkpoint, or why its variables were given up', () => {
  const passed = [started('a'), ended('a')];
  const rewound: RecordBody = {
    kind: 'rewound',
    checkpoint: 'before deploy',
    by: ANN,
    reason: 'too slow',
    steps: ['a'],
    approvals: []
  };
  const discarded: RecordBody = { kind: 'recovery-discarded', from: 'a', by: ANN, reason: 'edited' };
  expect(remarkOn('a', ...passed, rewound)?.text).toContain('because the run went back to “before deploy”');
  expect(remarkOn('a', ...passed, KERNEL, discarded)?.text).toContain(
    'because its variables were given up (edited)'
  );
});

test('a step that was cut off names the effect to be judged, and says afterwards that it goes on', () => {
  const cut = [started('a'), EFFECT, KERNEL];
  const judged: RecordBody = {
    kind: 'effect-judged',
    effect: 'a:1:effect-1',
    judgement: 'passed',
    by: ANN,
    reason: 'seen'
  };
  expect(remarkOn('a', ...cut)?.text).toContain('“fleetctl deploy orders” began at 08:00:05 UTC');
  expect(remarkOn('a', ...cut, judged)?.text).toContain('nothing that had ended is done twice');
});

test('a step that a person stopped says that it begins anew', () => {
  const error = { name: 'InterruptedError', code: 'cell.interrupted', message: 'Interrupted' };
  const end: RecordBody = {
    kind: 'attempt-ended',
    step: 'a',
    attempt: 1,
    outcome: 'inconclusive',
    durationMs: 1,
    error
  };
  expect(remarkOn('a', started('a'), end)?.text).toContain('it begins from its start');
});
