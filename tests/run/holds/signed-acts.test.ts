// Ticks and reports on tasks that are signed on a page: each counts once, for the list, item and text that were shown, and the journal proves
// it to whoever reads it afterwards.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignedAct } from '../../../contract/decide/signed-act.js';
import { tokenOfBytes } from '../../../contract/signature/passkey.js';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import { judgeJournal } from '../../../record/decisions/judge-journal.js';
import { objectionsIn } from '../../../record/decisions/objections.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { PAGE, Passkey, type Otherwise } from '../../contract/signature/authenticator.js';
import { makeAskingRun, type AskingRun } from '../../lifecycle/decide/asking-run.js';

const bob = new Passkey('bob');
const mallory = new Passkey('mallory');

let run: AskingRun;
beforeEach(async () => {
  run = await makeAskingRun({ pages: { rpId: PAGE.rpId, origins: [PAGE.origin] } });
  run.allow(bob.line);
});
afterEach(() => run.end());

const TASK = {
  title: 'Tell the shops',
  owner: 'bob',
  deputy: null,
  dueMs: null,
  answerMs: null,
  critical: true,
  hasCheck: false
};

async function assign(tasks = [TASK]) {
  return run.taskLists.assign(await run.admit('look'), { name: 'Before go-live', tasks });
}

async function askChecklist() {
  const running = await run.admit('look');
  const items = [{ text: 'Dashboards are open', required: true }];
  let answer!: Promise<void>;
  const id = await new Promise<string>(resolve => {
    answer = run.checklists.ask(running, { name: 'Closing', items }, new AbortController().signal, resolve);
    answer.catch(() => undefined);
  });
  return { list: run.keeper.state.checklists[id]!, answer };
}

interface Listed {
  readonly id: string;
  readonly nonce?: string;
}

function sign(list: Listed, other: Partial<SignedAct>, by = bob, otherwise: Otherwise = {}): string {
  const statement = {
    version: 3,
    id: crypto.randomUUID(),
    run: run.keeper.state.run!.id,
    list: list.id,
    nonce: list.nonce,
    item: 'task-1',
    text: TASK.title,
    action: 'done',
    comment: 'Told all of them',
    by: 'bob',
    at: new Date().toISOString(),
    ...other
  };
  const text = JSON.stringify(statement);
  return tokenOfBytes(3, new TextEncoder().encode(text), by.sign(text, otherwise));
}

const objections = (records: readonly JournalRecord[]) => {
  const signers = {
    name: 'allowed_signers',
    content: readFileSync(join(run.folder, 'allowed_signers')),
    earlier: () => Promise.resolve([])
  };
  return objectionsIn(judgeJournal(records).judged, new SignatureChecks(signers));
};

test('an owner reports done, the record has the proof, and whoever reads it later verifies it', async () => {
  const list = await assign();
  const token = sign(list, {});
  await run.signed.take(token);
  expect(run.keeper.state.taskLists[list.id]!.tasks[0]).toMatchObject({
    status: 'done',
    heard: {
      by: { username: 'bob', grade: 'signed' },
      comment: 'Told all of them',
      signed: expect.any(String)
    }
  });
  expect(run.keeper.judged.acts).toMatchObject([
    { signature: { token, means: 'passkey', origin: PAGE.origin, synced: false } }
  ]);
  expect(await objections(run.journal.records)).toMatchObject({ faults: [], signatures: 1 });
});

test('a task with a check is said to be done, and waits for its check', async () => {
  const list = await assign([{ ...TASK, hasCheck: true }]);
  await run.signed.take(sign(list, {}));
  expect(run.keeper.state.taskLists[list.id]!.tasks[0]!.status).toBe('claimed');
  expect((await objections(run.journal.records)).faults).toEqual([]);
});

test('a tick by file releases the cell that waits', async () => {
  const { list, answer } = await askChecklist();
  const folder = tokenFolderOf(run.path);
  mkdirSync(folder, { recursive: true });
  const what = { item: '0', text: 'Dashboards are open', action: 'tick' as const, comment: '' };
  writeFileSync(join(folder, 'forged.token'), sign(list, what, mallory));
  writeFileSync(join(folder, 'good.token'), sign(list, what));
  await answer;
  expect(run.keeper.state.checklists[list.id]).toMatchObject({
    status: 'done',
    items: [{ ticked: { by: { username: 'bob', grade: 'signed' } } }]
  });
  expect(readFileSync(join(folder, 'forged.token.refused'), 'utf8')).toContain('not one of bob');
});

describe('is refused', () => {
  test.each<readonly [string, Partial<SignedAct>, string, Otherwise?]>([
    ['for another run', { run: '2.3.0-staging-ffffff' }, 'signature.other_run'],
    ['for another list', { nonce: 'x' }, 'signature.other_request'],
    ['for a list that nobody made', { list: 'nowhere' }, 'signature.not_asked'],
    ['for a task that is not there', { item: 'task-9' }, 'signature.not_asked'],
    ['over another title', { text: 'Tell nobody' }, 'signature.other_decision'],
    ['with an act of another kind', { action: 'tick', item: '0' }, 'signature.not_asked'],
    ['of a time to come', { at: '2126-01-01T00:00:00.000Z' }, 'signature.other_time'],
    ['on another page', {}, 'signature.other_origin', { origin: 'https://evil.example.com' }],
    ['without verification of the person', {}, 'signature.not_verified', { flags: 1 }]
  ])('%s', async (_, other, code, otherwise = {}) => {
    const list = await assign();
    await expect(run.signed.take(sign(list, other, bob, otherwise))).rejects.toMatchObject({ code });
    expect(run.keeper.state.taskLists[list.id]!.tasks[0]!.status).toBe('open');
  });

  test('with a key of nobody, twice, and of somebody whose task it is not', async () => {
    const list = await assign();
    await expect(run.signed.take(sign(list, {}, mallory))).rejects.toMatchObject({
      code: 'signature.forged'
    });
    const token = sign(list, {});
    await run.signed.take(token);
    await expect(run.signed.take(token)).rejects.toMatchObject({ code: 'signature.used' });
    const other = await run.taskLists.assign(await run.admit('look'), {
      name: 'Other',
      tasks: [{ ...TASK, owner: 'ann' }]
    });
    await expect(run.signed.take(sign(other, {}))).rejects.toMatchObject({ code: 'task.not_yours' });
  });
});

test.each<readonly [string, (record: JournalRecord) => object, RegExp]>([
  [
    'another person',
    record => ({ ...record, by: { username: 'ann', name: 'ann', grade: 'signed' } }),
    /the person/
  ],
  ['another comment', record => ({ ...record, comment: 'All is well' }), /the comment/],
  ['another end', record => ({ ...record, status: 'open' }), /what was done/],
  ['no signature', ({ ...record }) => ({ ...record, signature: undefined }), /its signature is missing/]
])('a journal that records %s is found out', async (_, change, text) => {
  const list = await assign();
  await run.signed.take(sign(list, {}));
  const records = run.journal.records.map(record =>
    record.kind === 'task-moved' ? (change(record) as JournalRecord) : record
  );
  const { faults } = await objections(records);
  expect(faults).toHaveLength(1);
  expect(faults[0]!.text).toMatch(text);
});
