// Where the dialog of a rollback lets people go back to.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../../contract/journal/journal.js';
import { WHOLE_RUN, type RollbackTarget } from '../../../../contract/base/rollback-target.js';
import {
  likelyTarget,
  rollbackTargets
} from '../../../../labextension/resume/going-back/rollback-targets.js';
import { looksOn } from '../../../../labextension/run/drives.js';
import type { Session } from '../../../../labextension/tokens.js';
import { ENGLISH } from '../../english.js';
import { ANN, ended, opened, OUTLINE, RUN, started, stateOf, timeOf } from '../../journal-of.js';

const passed = (step: string): RecordBody[] => [started(step), ended(step)];
const reached = (name: string, step: string): RecordBody => ({ kind: 'checkpoint', name, step });
const checkpoint = (name: string): RollbackTarget => ({ checkpoint: name, step: null });
const before = (step: string): RollbackTarget => ({ checkpoint: null, step });
const offered = (wanted: RollbackTarget, ...bodies: RecordBody[]): [string, string[]][] =>
  rollbackTargets(stateOf(opened(), ...bodies), OUTLINE, wanted, ENGLISH, Date.parse(timeOf(60))).map(
    ({ title, choices }) => [title, choices.map(({ text }) => text)]
  );

describe('rollbackTargets', () => {
  test('are the checkpoints, the newest first and each once, the steps that have run, and the whole run', () => {
    const choices = offered(
      WHOLE_RUN,
      ...passed('a'),
      reached('built', 'a'),
      reached('tested', 'a'),
      ...passed('b'),
      reached('built', 'b')
    );
    expect(choices).toEqual([
      [
        'Checkpoints',
        ['checkpoint “built”, reached at 08:00:08 UTC', 'checkpoint “tested”, reached at 08:00:05 UTC']
      ],
      ['Steps', ['before “Preparation › Check”', 'before “Preparation › Freeze”']],
      ['Everything', ['before the first step: the whole run']]
    ]);
  });

  test('have no empty group, and always what was asked for', () => {
    expect(offered(WHOLE_RUN).map(([title]) => title)).toEqual(['Everything']);
    expect(offered(before('c')).map(([title]) => title)).toEqual(['Steps', 'Everything']);
    expect(offered(checkpoint('nowhere'))[0]).toEqual(['Not known', ['nowhere']]);
  });
});

test('offered first is the step of the active cell, else the newest checkpoint, else the whole run', () => {
  const state = stateOf(opened(), ...passed('a'), reached('built', 'a'), reached('tested', 'a'));
  expect(likelyTarget(state, OUTLINE, 'a')).toEqual(before('a'));
  expect(likelyTarget(state, OUTLINE, 'b')).toEqual(checkpoint('tested'));
  expect(likelyTarget(state, OUTLINE, 'no step')).toEqual(checkpoint('tested'));
  expect(likelyTarget(stateOf(opened()), OUTLINE, null)).toEqual(WHOLE_RUN);
});

test('looks on who does not drive a live run', () => {
  const driven = (mode: 'live' | 'rehearsal') =>
    stateOf(opened({ ...RUN, mode }), {
      kind: 'driver-changed',
      by: ANN,
      client: 'page-1',
      how: 'first',
      reason: ''
    });
  const session = (username: string, client: string) =>
    ({ you: { ...ANN, username }, client }) as unknown as Session;
  expect(looksOn(driven('live'), session('bob', 'page-2'))).toBe(true);
  expect(looksOn(driven('live'), session('ann', 'page-2'))).toBe(false);
  expect(looksOn(driven('live'), session('bob', 'page-1'))).toBe(false);
  expect(looksOn(driven('rehearsal'), session('bob', 'page-2'))).toBe(false);
  expect(looksOn(stateOf(opened({ ...RUN, mode: 'live' })), session('bob', 'page-2'))).toBe(false);
});
