// What is said instead of sending a cell of a run to another kernel.
import { expect, test } from '@jest/globals';
import { kernelObstacle } from '../../../labextension/guard/kernel-obstacle.js';
import { ENGLISH } from '../english.js';

test.each([
  [null, true, true],
  [null, true, false],
  [null, false, true]
])('none: foreign %j, installed %j, attached %j', (foreign, isInstalled, isAttached) => {
  expect(kernelObstacle({ foreign, isInstalled, isAttached }, ENGLISH)).toBeNull();
});

test('another kernel is named, and can be changed where ours is installed', () => {
  const kernel = { foreign: 'Python 3', isInstalled: true, isAttached: true };
  expect(kernelObstacle(kernel, ENGLISH)).toMatchObject({
    title: 'Another kernel is attached',
    canSwitch: true
  });
  expect(kernelObstacle(kernel, ENGLISH)?.text).toContain('is Python 3');
  expect(kernelObstacle({ ...kernel, isInstalled: false }, ENGLISH)?.canSwitch).toBe(false);
});

test('where there is no kernel and ours is not installed, JupyterLab is not asked to choose another one', () => {
  expect(kernelObstacle({ foreign: null, isInstalled: false, isAttached: false }, ENGLISH)?.text).toContain(
    'Nothing was run'
  );
});
