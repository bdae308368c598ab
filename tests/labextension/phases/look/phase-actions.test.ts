// Which buttons the phases panel offers.
import { expect, test } from '@jest/globals';
import type { PhaseStatus } from '../../../../contract/base/run.js';
import { actionsOf, runActionsOf } from '../../../../labextension/phases/look/phase-actions.js';
import { ENGLISH } from '../../english.js';

const commands = (actions: readonly { readonly command: string }[]): string[] =>
  actions.map(action => action.command);

const NOTHING_LOST = { needsResume: false, canRollBack: false, canMakeRun: false };
const ofRun = (statuses: readonly PhaseStatus[], offers: object = {}): string[] =>
  commands(runActionsOf({ statuses, ...NOTHING_LOST, ...offers }, ENGLISH));

test.each(['not-started', 'failed', 'passed', 'stale', 'rejected', 'inconclusive'] as const)(
  'a phase and a step that are %s can be run',
  status => {
    expect(commands(actionsOf('phase', status, ENGLISH))[0]).toBe('launchbook:run-phase');
    expect(commands(actionsOf('step', status, ENGLISH))[0]).toBe('launchbook:run-step');
  }
);

test.each(['locked', 'waiting'] as const)('what is %s cannot be run', status => {
  expect(actionsOf('phase', status, ENGLISH)).toEqual([]);
  expect(actionsOf('step', status, ENGLISH)).toEqual([]);
});

test('a running step cannot be run, and can be gone to, by one button however many run', () => {
  expect(actionsOf('step', 'running', ENGLISH)).toEqual([]);
  expect(ofRun(['passed', 'running', 'running'])).toEqual(['launchbook:go-to-running']);
  expect(ofRun(['passed', 'not-started'])).toEqual([]);
});

test.each(['not-started', 'failed', 'rejected', 'inconclusive', 'stale'] as const)(
  'a step that is %s can be skipped',
  status => {
    expect(commands(actionsOf('step', status, ENGLISH))).toContain('launchbook:skip-step');
  }
);

test.each(['passed', 'skipped', 'running', 'waiting', 'locked'] as const)(
  'a step that is %s is not skipped',
  status => {
    expect(commands(actionsOf('step', status, ENGLISH))).not.toContain('launchbook:skip-step');
  }
);

test('a step that asks people is never skipped', () => {
  for (const status of ['not-started', 'failed', 'rejected', 'inconclusive', 'stale'] as const) {
    expect(commands(actionsOf('step', status, ENGLISH, { isHold: true }))).not.toContain(
      'launchbook:skip-step'
    );
  }
});

test.each(['passed', 'failed', 'rejected', 'inconclusive', 'stale'] as const)(
  'a step that is %s can be rolled back',
  status => {
    expect(commands(actionsOf('step', status, ENGLISH)).at(-1)).toBe('launchbook:roll-back');
  }
);

test.each(['not-started', 'skipped', 'running', 'waiting', 'locked'] as const)(
  'a step that is %s is not rolled back',
  status => {
    expect(commands(actionsOf('step', status, ENGLISH))).not.toContain('launchbook:roll-back');
  }
);

test('who watches can look at the way back, and nothing else', () => {
  for (const on of ['phase', 'step'] as const) {
    expect(commands(actionsOf(on, 'failed', ENGLISH, { offers: 'plans' }))).toEqual(['launchbook:roll-back']);
    expect(actionsOf(on, 'failed', ENGLISH, { offers: 'nothing' })).toEqual([]);
  }
});

test('a phase of which something was done can be rolled back', () => {
  const offered = (status: PhaseStatus): boolean =>
    commands(actionsOf('phase', status, ENGLISH)).includes('launchbook:roll-back');
  expect((['begun', 'passed', 'failed', 'rejected', 'stale'] as const).map(offered)).not.toContain(false);
  expect((['not-started', 'running', 'waiting', 'locked', 'skipped'] as const).map(offered)).not.toContain(
    true
  );
});

test('a step that failed is retried, one that passed or is stale is run again', () => {
  const label = (status: PhaseStatus): string | undefined => actionsOf('step', status, ENGLISH)[0]?.label;
  expect([label('failed'), label('rejected')]).toEqual(['Retry', 'Ask again']);
  expect([label('passed'), label('stale')]).toEqual(['Run again', 'Run again']);
  expect([label('not-started'), label('inconclusive')]).toEqual(['Run step', 'Run step']);
});

test.each([
  ['not-started', 'Run phase'],
  ['begun', 'Run phase'],
  ['failed', 'Run phase'],
  ['stale', 'Run phase'],
  ['rejected', 'Ask again'],
  ['passed', 'Run again'],
  ['skipped', 'Run again']
] as const)('a phase that is %s has the button %s', (status, label) => {
  expect(actionsOf('phase', status, ENGLISH)[0]?.label).toBe(label);
});

test('rolling back is offered once there is something to go back to, not while something runs', () => {
  expect(ofRun(['passed', 'failed', 'not-started'], { canRollBack: true })).toEqual(['launchbook:roll-back']);
  expect(ofRun(['passed', 'running'], { canRollBack: true })).toEqual(['launchbook:go-to-running']);
  expect(ofRun(['passed', 'failed'])).toEqual([]);
});

test('resuming is offered while variables are lost or an effect was cut off, and comes first', () => {
  expect(ofRun(['passed', 'inconclusive'], { needsResume: true, canRollBack: true })).toEqual([
    'launchbook:resume-run',
    'launchbook:roll-back'
  ]);
});
