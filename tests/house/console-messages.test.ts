// What the browser proof takes for a message of ours: what the same page without the extension does not say.
import { beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { root } from './root.js';

interface Message {
  readonly type: string;
  readonly text: string;
  readonly place: string;
}

let messagesBeside: (plain: readonly Message[], said: readonly Message[]) => string[];
beforeAll(async () => {
  ({ messagesBeside } = (await import(join(root, 'scripts/shipping/console-messages.mjs'))) as {
    messagesBeside: typeof messagesBeside;
  });
});

const CORE = 'http://127.0.0.1:4711/static/core.js?v=1';
const thrown = (port: number): Message => ({
  type: 'error',
  text: `TypeError: undefined\n    at http://127.0.0.1:${port}/static/core.js?v=1:501:207`,
  place: ''
});
const absent = (path: string): Message => ({
  type: 'error',
  text: 'Failed to load resource: the server responded with a status of 404 (Not Found)',
  place: `http://127.0.0.1:4711/api/contents/${path}?content=1&17`
});

test('an error that the page throws without the extension too is none of ours, whatever the port', () => {
  expect(messagesBeside([thrown(4711)], [thrown(50123)])).toEqual([]);
  expect(messagesBeside([], [thrown(50123)])).toHaveLength(1);
});

test('a request that fails is known by its address, and told once', () => {
  const [ours, other] = [absent('run.journal.jsonl'), absent('.config')];
  expect(messagesBeside([other], [other, ours, ours])).toEqual([
    `error: ${ours.text} (http://127.0.0.1:4711/api/contents/run.journal.jsonl?content=1&17)`
  ]);
});

test.each([
  ['launchbook', 1],
  ['nbdime-jupyterlab', 0],
  ['@jupyter/collaboration-extension', 0],
  ['launchbook-other', 0]
])('a message of the bundle of %s: %d of ours', (name, count) => {
  const place = `http://127.0.0.1:4711/lab/extensions/${name}/static/remoteEntry.399ca3.js`;
  const text = 'Unsatisfied version 4.0.0 from CORE_FEDERATION of shared singleton module @jupyter/ydoc';
  expect(messagesBeside([], [{ type: 'warning', text, place }])).toHaveLength(count);
});

test('what is neither warning nor error, and how long a plugin of JupyterLab took, is no message', () => {
  const text = 'Plugin @jupyterlab/mainmenu-extension:plugin took 900ms to activate.';
  expect(messagesBeside([], [{ type: 'warning', text, place: CORE }])).toEqual([]);
  expect(messagesBeside([], [{ type: 'log', text: 'hello', place: CORE }])).toEqual([]);
  expect(messagesBeside([], [{ type: 'warning', text: 'hello', place: CORE }])).toHaveLength(1);
});
