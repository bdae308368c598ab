// What the kernel has refused, as the page of whoever signed it is told.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import { tokenOfBytes } from '../../../contract/signature/passkey.js';
import { noteRefusal, refusedTokens } from '../../../lifecycle/decide/refused-tokens.js';

const AT = '2026-11-29T10:00:00.000Z';
const ACT = {
  version: 3,
  id: 'act-1',
  run: 'run-1',
  list: 'list-1',
  nonce: 'n',
  item: '0',
  text: 'Tell the shops',
  action: 'tick',
  comment: '',
  by: 'ann',
  at: AT
};
const DECISION = {
  version: 2,
  id: 'decision-1',
  run: 'run-1',
  hold: 'Go',
  step: 'step-0',
  content: 'c',
  decision: 'approved',
  comment: '',
  by: 'ann',
  at: AT,
  approval: 'a',
  nonce: 'n',
  after: 0
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-refused-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['a decision', 2 as const, DECISION],
  ['a tick or a report', 3 as const, ACT]
])('%s is told with its id and the reason', (_, version, statement) => {
  const notebook = join(folder, 'release.ipynb');
  const tokens = tokenFolderOf(notebook);
  mkdirSync(tokens);
  const token = tokenOfBytes(version, new TextEncoder().encode(JSON.stringify(statement)), 'signature');
  writeFileSync(join(tokens, 'one.token'), `${token}\n`);
  writeFileSync(join(tokens, 'two.token'), 'no token\n');
  noteRefusal(tokens, 'one.token', 'Only the owner may report on this task.');
  noteRefusal(tokens, 'two.token', 'This is no token.');
  expect(refusedTokens(notebook)).toEqual([
    { id: statement.id, reason: 'Only the owner may report on this task.' }
  ]);
});
