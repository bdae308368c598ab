// What is said to a person who edits a step that has passed.
import { beforeEach, expect, test } from '@jest/globals';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import type { Person } from '../../../contract/base/person.js';
import { emptyRunState, type RunState, type StepState } from '../../../contract/state/state.js';
import { editedStepText } from '../../../labextension/guard/edited-step.js';
import { ENGLISH } from '../english.js';

const ANN: Person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
const OUTLINE: Outline = {
  title: '',
  phases: [
    { id: 'deploy', title: 'Deploy', steps: [step('a'), step('sign')] },
    { id: 'after', title: 'After', steps: [step('b')] }
  ]
};

let state: RunState;

beforeEach(() => {
  state = { ...emptyRunState(), steps: { a: passed('a'), b: passed('b') } };
});

function step(id: string): { id: string; title: string; holds: string[] } {
  return { id, title: id, holds: [] };
}

function passed(id: string): StepState {
  const attempt = { attempt: 1, sourceHash: 'as-it-ran', outcome: 'passed' };
  return { id, status: 'passed', attempts: [attempt], holds: [] } as unknown as StepState;
}

function approve(more: Partial<ApprovalState> = {}): void {
  const decision = { decision: 'approved', by: ANN, at: '2026-11-24T10:32:00.000Z', comment: '' };
  const approval = { id: 'x', name: 'QA sign-off', step: 'sign', status: 'approved', decisions: [decision] };
  state = { ...state, approvals: { x: { ...approval, ...more } as unknown as ApprovalState } };
}

function say(id: string, hash = 'edited'): string {
  return editedStepText({ id, hash }, state, OUTLINE, ENGLISH, Date.parse('2026-11-24T11:00:00Z'));
}

test('nothing while it is as it ran', () => {
  approve();
  expect(say('a', 'as-it-ran')).toBe('');
});

test('nothing about a step that has not passed', () => {
  state = { ...state, steps: { a: { ...passed('a'), status: 'failed' } } };
  expect(say('a')).toBe('');
});

test('nothing where the browser cannot tell', () => {
  expect(say('a', '')).toBe('');
});

test('that it passed with another text, when nothing was approved', () => {
  expect(say('a')).toBe('This step passed with another text. Run it again, or undo the change.');
});

test('which approval of its phase falls, with who gave it and when', () => {
  approve();
  expect(say('a')).toBe(
    'This text is not the one that Ann Lee (claimed) approved as “QA sign-off” at 10:32:00 UTC. ' +
      'The approval no longer counts and has to be asked for again; undo the change to keep it.'
  );
});

test('an approval of another phase does not fall', () => {
  approve();
  expect(say('b')).toContain('passed with another text');
});

test('an approval that names what it is bound to falls for those cells alone', () => {
  approve({ binding: { cells: [{ id: 'b' }] } as unknown as NonNullable<ApprovalState['binding']> });
  expect(say('a')).toContain('passed with another text');
  expect(say('b')).toContain('QA sign-off');
});

test('an approval that has fallen already is not named', () => {
  approve({ status: 'stale' });
  expect(say('a')).toContain('passed with another text');
});
