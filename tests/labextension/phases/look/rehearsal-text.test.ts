// How rehearsals read in the sidebar: quiet while all is well, plain where the policy locks or an edit came after.
import { describe, expect, test } from '@jest/globals';
import type { PhaseRehearsal } from '../../../../contract/rehearsal/phase-rehearsal.js';
import { emptyRunState, type RunState } from '../../../../contract/state/state.js';
import { actionsOf, RELEASE_PHASE } from '../../../../labextension/phases/look/phase-actions.js';
import { phasesLook, type PhaseLook } from '../../../../labextension/phases/look/phases-look.js';
import { runRehearsalText } from '../../../../labextension/phases/look/rehearsal-text.js';
import { OUTLINE } from '../../../contract/sample-journal.js';
import { DAY_MS, NOW_MS, receiptOf, RULE } from '../../../contract/rehearsal/receipts.js';
import { ENGLISH } from '../../english.js';
import { runInfo } from '../../guard/run-info.js';

const LOCKED: PhaseRehearsal = {
  phase: 'deploy',
  title: 'Deploy',
  rule: RULE,
  receipt: null,
  changes: [],
  missing: ['It was never rehearsed in staging or qa.'],
  steps: {}
};
const STEP = {
  run: '2.4.0-staging-3f9c21',
  release: '2.4.0',
  environment: 'staging',
  mode: 'rehearsal',
  outcome: 'passed',
  at: new Date(NOW_MS - 3 * DAY_MS).toISOString(),
  durationMs: 12_300,
  isSame: true
} as const;
const REHEARSED: PhaseRehearsal = { ...LOCKED, receipt: receiptOf(), missing: [], steps: { d1: STEP } };
const LINE = 'Rehearsed in staging 3 days ago: passed in 12 min 3 s (2.4.0-staging-3f9c21)';

function deployOf(rehearsal: PhaseRehearsal, state: RunState = emptyRunState()): PhaseLook {
  const notebook = {
    name: 'release.ipynb',
    run: runInfo(),
    // Without the hold point before it.
    outline: { ...OUTLINE, phases: OUTLINE.phases.filter(({ id }) => id !== 'sign-off') },
    state,
    source: 'kernel' as const,
    rehearsals: [rehearsal]
  };
  const chosen = new Map([['deploy', true]]);
  return phasesLook({ notebook, now: NOW_MS, chosen }, ENGLISH).phases.at(-1)!;
}

describe('a phase that has not begun', () => {
  test('says nothing while all is well, and how it was rehearsed to whoever asks', () => {
    expect(deployOf(REHEARSED)).toMatchObject({
      status: 'not-started',
      detail: '0/1',
      about: `${LINE}.`,
      isUnrehearsed: false
    });
  });

  test('that the policy locks is locked, says why, and can be released', () => {
    const look = deployOf(LOCKED);
    expect(look).toMatchObject({
      status: 'locked',
      word: 'locked',
      detail: 'not rehearsed in staging, qa',
      about: 'Not rehearsed in a lower environment.\nIt was never rehearsed in staging or qa.',
      isUnrehearsed: true
    });
    const commands = (isUnrehearsed: boolean): string[] =>
      actionsOf('phase', look.status, ENGLISH, { isUnrehearsed }).map(({ command }) => command);
    expect(commands(true)).toContain(RELEASE_PHASE);
    expect(commands(false)).not.toContain(RELEASE_PHASE);
  });

  test('that was edited since says so, locked or not', () => {
    const changes = ['The step “Deploy” was edited.'];
    expect(deployOf({ ...REHEARSED, changes })).toMatchObject({
      status: 'not-started',
      detail: '0/1 · edited since its rehearsal',
      about: `${LINE}, edited since.\nThe step “Deploy” was edited.`
    });
    expect(deployOf({ ...REHEARSED, changes, missing: changes })).toMatchObject({
      status: 'locked',
      detail: 'edited since its rehearsal'
    });
  });

  test('that was released says who did it and why', () => {
    const breakGlass = {
      by: { username: 'bob', name: 'Bob Ray', grade: 'claimed' as const },
      at: '2026-11-26T19:00:00.000Z',
      reason: 'staging is down'
    };
    const admission = { ...LOCKED, steps: [], breakGlass, at: breakGlass.at, seq: 9 };
    const state = { ...emptyRunState(), admissions: { deploy: { ...admission, rule: RULE } } };
    const { status, about } = deployOf({ ...LOCKED, missing: [] }, state);
    expect(status).toBe('not-started');
    expect(about).toContain(
      'Released without a rehearsal by Bob Ray, 2026-11-26 19:00:00 UTC: staging is down'
    );
  });
});

describe('a step', () => {
  test('is described by its last rehearsal, and says nothing in its row', () => {
    expect(deployOf(REHEARSED).steps[0]).toMatchObject({
      detail: '',
      about: 'Rehearsed in staging 3 days ago: passed in 12.3 s (2.4.0-staging-3f9c21).'
    });
  });

  test('that was edited, or came later, says so in its row', () => {
    const edited = { ...REHEARSED, steps: { d1: { ...STEP, isSame: false } } };
    expect(deployOf(edited).steps[0]).toMatchObject({ detail: 'edited since its rehearsal' });
    expect(deployOf({ ...REHEARSED, steps: {} }).steps[0]).toMatchObject({ detail: 'not rehearsed' });
  });
});

test('the head tells the newest rehearsal of the run, or that there is none', () => {
  const other = {
    ...REHEARSED,
    phase: 'prepare',
    receipt: receiptOf({ environment: 'qa', outcome: 'failed' }, 9)
  };
  const headOf = (...rehearsals: PhaseRehearsal[]): string => runRehearsalText(rehearsals, NOW_MS, ENGLISH);
  expect(headOf(other, REHEARSED)).toBe('Rehearsed in staging 3 days ago: passed');
  expect(headOf(other)).toBe('Rehearsed in qa 9 days ago: failed');
  expect(headOf(LOCKED)).toBe('Not rehearsed in a lower environment');
  expect(headOf()).toBe('');
});

test('without anything known the rows are as they were', () => {
  const none = { ...LOCKED, phase: 'another', missing: [] };
  expect(deployOf(none)).toMatchObject({ status: 'not-started', detail: '0/1', about: '' });
});
