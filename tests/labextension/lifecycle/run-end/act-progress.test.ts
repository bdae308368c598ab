// How acts on whole runs are told.
import { expect, test } from '@jest/globals';
import { ActProgress } from '../../../../labextension/lifecycle/run-end/act-progress.js';
import type { ActState } from '../../../../labextension/tokens.js';

test('an act is running, then passed with its result; another run and another act know nothing of it', async () => {
  const progress = new ActProgress();
  const told: (ActState | null)[] = [];
  progress.changed.connect(() => told.push(progress.stateOf('a.ipynb', 'archive')));
  await progress.during('a.ipynb', 'archive', 'at it', () => Promise.resolve('done'), String);
  expect(told).toEqual([
    { status: 'running', text: 'at it' },
    { status: 'passed', text: 'done' }
  ]);
  expect([progress.stateOf('a.ipynb', 'learn'), progress.stateOf('b.ipynb', 'archive')]).toEqual([
    null,
    null
  ]);
  progress.forget('a.ipynb');
  expect(told.at(-1)).toBeNull();
});

test('a fault is told and goes on to the caller', async () => {
  const progress = new ActProgress();
  const act = (): Promise<string> => Promise.reject(new Error('no git'));
  await expect(progress.during('a.ipynb', 'archive', 'at it', act, String)).rejects.toThrow('no git');
  expect(progress.stateOf('a.ipynb', 'archive')).toEqual({ status: 'failed', text: 'Error: no git' });
});
