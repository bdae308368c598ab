// What a page does with a notebook that another page has saved: never loses code, never writes old outputs, and asks only where both have
// changed the code.
import { expect, test } from '@jest/globals';
import type { RunInfo } from '../../../contract/base/run.js';
import { NewerFile, type Advice, type Code } from '../../../labextension/wheel/newer-file.js';

const RUN: RunInfo = {
  id: 'run-1',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'staging',
  mode: 'live',
  createdAt: '2026-11-22T08:00:00.000Z',
  createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  parameters: {}
};
const codeOf = (...sources: string[]): Code => ({
  cells: sources.map((source, index) => ({ id: `cell-${index}`, cell_type: 'code', source })),
  metadata: { launchbook: { run: RUN } }
});
const SAVE: Advice = { do: 'save', over: null };

/** A page and the file, which have `one` in common. */
function makePage(isFresh = true) {
  const state = { shown: codeOf('one'), file: codeOf('one'), hash: 'a', known: 'a', reads: 0 };
  const versionOf = (hash: string) => ({ hash, last_modified: '' });
  const page = new NewerFile({
    known: () => versionOf(state.known),
    code: () => state.shown,
    look: () => Promise.resolve(versionOf(state.hash)),
    read: () => {
      state.reads++;
      return Promise.resolve({ ...versionOf(state.hash), content: state.file });
    },
    isFresh: () => isFresh
  });
  return { page, state };
}

test('every mix of who has changed the code and who knows the outputs has its advice', async () => {
  for (const isFresh of [true, false]) {
    for (const here of ['one', 'mine']) {
      for (const there of ['one', 'mine', 'theirs']) {
        const { page, state } = makePage(isFresh);
        Object.assign(state, { shown: codeOf(here), file: codeOf(there), hash: 'b' });
        const over: Advice = { do: 'save', over: { hash: 'b', last_modified: '' } };
        const expected = isFresh && here === there ? over : here === 'one' ? { do: 'read-again' } : SAVE;
        expect([isFresh, here, there, await page.advice()]).toEqual([isFresh, here, there, expected]);
        expect(await page.isBehind()).toBe(here === 'one' && there !== 'one');
      }
    }
  }
});

test('a file that nobody else has saved is not read', async () => {
  const { page, state } = makePage();
  state.shown = codeOf('mine');
  expect(await page.advice()).toEqual(SAVE);
  expect(state.reads).toBe(0);
});

test('a fresh copy of another run is not saved over, though its code is the same', async () => {
  const { page, state } = makePage();
  const file = { ...codeOf('one'), metadata: { launchbook: { run: { ...RUN, id: 'run-2' } } } };
  Object.assign(state, { file, hash: 'b' });
  expect(await page.advice()).toEqual({ do: 'read-again' });
});

test('what was saved is common from then on, and a source in lines is the same text', async () => {
  const { page, state } = makePage(false);
  state.shown = codeOf('mine\nand more');
  page.isCommon();
  const { cells, metadata } = codeOf('');
  state.file = { metadata, cells: cells.map(cell => ({ ...cell, source: ['mine\n', 'and more'] })) };
  state.hash = 'b';
  expect(await page.isBehind()).toBe(false);
  expect(await page.advice()).toEqual({ do: 'read-again' });
});
