// What comes next, as each person reads it.
import { expect, test } from '@jest/globals';
import type { Person } from '../../../../contract/base/person.js';
import type { RecordBody } from '../../../../contract/journal/journal.js';
import { summarizePhases } from '../../../../contract/state/phase-status.js';
import { toldAs } from '../../../../contract/state/told-status.js';
import { nextText } from '../../../../labextension/phases/look/next-text.js';
import { ENGLISH } from '../../english.js';
import { ANN, asked, ended, listed, opened, OUTLINE, RUN, started, stateOf } from '../../journal-of.js';

const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };
const LIVE = opened({ ...RUN, mode: 'live' });
const DRIVES: RecordBody = { kind: 'driver-changed', by: ANN, client: 'a', how: 'first', reason: '' };

function next(you: Person | null, isWatching: boolean, ...bodies: RecordBody[]): string {
  const state = stateOf(...bodies);
  const viewer = { you, driver: state.driver?.person ?? null };
  const phases = summarizePhases(state, OUTLINE);
  const isMoving = phases.some(({ steps }) =>
    steps.some(({ status }) => status === 'running' || status === 'waiting')
  );
  return nextText(toldAs(state, phases), { state, viewer, isWatching, isMoving, now: 0 }, ENGLISH);
}

const passed = (...steps: string[]): RecordBody[] => steps.flatMap(step => [started(step), ended(step)]);

test('whoever runs the steps reads the next one, and what became of it', () => {
  expect(next(ANN, false, LIVE)).toBe('Next: Preparation › Check');
  expect(next(ANN, false, LIVE, started('a'), ended('a', 'failed'))).toBe(
    'Next: Preparation › Check (failed)'
  );
});

test('a step that ended because nobody could be asked waits, as its row says', () => {
  const error = { name: 'HoldUnansweredError', code: 'hold.unanswered', message: 'Nobody can decide here.' };
  expect(next(ANN, false, LIVE, started('a'), { ...ended('a', 'failed'), error } as RecordBody)).toBe(
    'Next: Preparation › Check (waiting)'
  );
});

test('whoever watches reads who runs it', () => {
  expect(next(BOB, true, LIVE, DRIVES)).toBe('Next, by Ann Lee (claimed): Preparation › Check');
});

test('nothing while a step runs, and when nothing is left', () => {
  expect(next(ANN, false, LIVE, started('a'))).toBe('');
  expect(next(ANN, false, LIVE, ...passed('a', 'b', 'c', 'd'))).toBe('');
});

test('who may decide, tick or has a task reads that, and nobody else', () => {
  const waits = [LIVE, ...passed('a', 'b'), started('c'), asked('c', ['bob'])];
  expect(next(BOB, true, ...waits)).toBe('Yours to decide: “QA sign-off”.');
  expect(next(null, false, ...waits)).toBe('');
  expect(next(BOB, false, LIVE, started('d'), listed())).toBe('Yours to tick: “Before we leave”.');
});

test('a task is told from the moment it is given', () => {
  const assigned: RecordBody = {
    kind: 'tasks-assigned',
    board: 'tasks-1',
    name: 'Smoke tests',
    step: 'a',
    attempt: 1,
    phase: 'Preparation',
    tasks: [
      {
        id: 't1',
        title: 'Order a tea',
        owner: { name: 'bob', members: ['bob'] },
        deputy: null,
        dueAt: null,
        answerBy: null,
        critical: true,
        hasCheck: false
      }
    ]
  };
  const given = [LIVE, started('a'), assigned, ended('a')];
  expect(next(BOB, true, ...given)).toBe('Yours to do: Order a tea.');
  expect(next(ANN, false, ...given)).toMatch(/^Next: Preparation › /);
});
