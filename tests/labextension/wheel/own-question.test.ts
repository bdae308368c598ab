// What a page remembers of its person's question about the wheel.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { Person } from '../../../contract/base/person.js';
import { NOT_ASKED, ownQuestionAfter } from '../../../labextension/wheel/own-question.js';
import { ANN, journalOf } from '../journal-of.js';

const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };
const CLEO: Person = { username: 'cleo', name: 'Cleo Fox', grade: 'claimed' };
const asks = (wheel: string, by: Person): RecordBody => ({
  kind: 'wheel-asked',
  wheel,
  by,
  client: by.username
});
const keeps = (wheel: string): RecordBody => ({ kind: 'wheel-refused', wheel, by: ANN, reason: 'Soon' });
const DRIVES: RecordBody = { kind: 'driver-changed', by: CLEO, client: 'c', how: 'handed-over', reason: '' };

const after = (you: Person | null, ...bodies: RecordBody[]) =>
  journalOf(...bodies).reduce((before, record) => ownQuestionAfter(before, record, you), NOT_ASKED);

test('the answer reaches whoever asked, and nobody else', () => {
  const bodies = [asks('w1', BOB), keeps('w1')];
  expect(after(BOB, ...bodies).kept).toMatchObject({ by: ANN, reason: 'Soon' });
  expect(after(CLEO, ...bodies)).toEqual(NOT_ASKED);
  expect(after(null, ...bodies)).toEqual(NOT_ASKED);
});

test('it goes when they ask again, and when somebody else drives', () => {
  const kept = [asks('w1', BOB), keeps('w1')];
  expect(after(BOB, ...kept, asks('w2', BOB))).toEqual({ asked: 'w2', kept: null });
  expect(after(BOB, ...kept, DRIVES)).toEqual(NOT_ASKED);
  expect(after(BOB, ...kept, asks('w2', CLEO)).kept).not.toBeNull();
});

test('the answer to another question is none', () => {
  expect(after(BOB, asks('w1', BOB), keeps('w0'))).toEqual({ asked: 'w1', kept: null });
});
