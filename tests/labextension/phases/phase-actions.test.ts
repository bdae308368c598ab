// Which buttons the phases panel offers.
import { expect, test } from '@jest/globals';
import { actionsOf, runActionsOf } from '../../../labextension/phases/phase-actions.js';
import { ENGLISH } from '../english.js';

const commands = (actions: readonly { readonly command: string }[]): string[] =>
  actions.map(action => action.command);

test.each(['not-started', 'failed', 'passed', 'stale', 'rejected', 'inconclusive'] as const)(
  'a phase and a step that are %s can be run',
  status => {
    expect(commands(actionsOf('phase', status, ENGLISH))).toEqual(['launchbook:run-phase']);
    expect(commands(actionsOf('step', status, ENGLISH))[0]).toBe('launchbook:run-step');
  }
);

test.each(['locked', 'waiting'] as const)('what is %s cannot be run', status => {
  expect(actionsOf('phase', status, ENGLISH)).toEqual([]);
  expect(actionsOf('step', status, ENGLISH)).toEqual([]);
});

test('a running step cannot be run, and can be gone to, by one button however many run', () => {
  expect(actionsOf('step', 'running', ENGLISH)).toEqual([]);
  expect(commands(runActionsOf(['passed', 'running', 'running'], ENGLISH))).toEqual([
    'launchbook:go-to-running'
  ]);
  expect(runActionsOf(['passed', 'not-started'], ENGLISH)).toEqual([]);
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

test('going back is offered after something went wrong', () => {
  expect(commands(runActionsOf(['passed', 'failed', 'not-started'], ENGLISH))).toEqual([
    'launchbook:rewind-run'
  ]);
  expect(commands(runActionsOf(['passed', 'not-started'], ENGLISH))).toEqual([]);
});
