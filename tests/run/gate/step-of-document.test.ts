// What runs is a step of the document, whoever sends it, and what a watcher's page tells changes nothing.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UNNAMED_STEP, type Outline } from '../../../contract/notebook/outline.js';
import { sha256 } from '../../../record/hash.js';
import { refuseOtherText } from '../../../run/gate/step-of-document.js';
import { answerCall } from '../../../run/verbs/answer-call.js';
import type { Cell } from '../../../run/ports.js';
import { BOB, CELLS, makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

const codeOf = async (cell: Cell): Promise<string | undefined> =>
  (await run.gate.admit(cell)).refusal?.record.code;
const page = (client: string) => ({ client, session: client });
const LOCKED = '2 + 2'; // the text of `ship`, behind the hold point

async function pass(id: string, code?: string): Promise<void> {
  const { cell } = await run.admit(id, code);
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
}

async function approve(): Promise<string> {
  const asking = await run.admit('ask');
  const request = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };
  let asked!: (id: string) => void;
  const id = new Promise<string>(resolve => (asked = resolve));
  const answer = run.approvals.ask(asking, request, new AbortController().signal, asked);
  const { content } = run.keeper.state.approvals[await id]!;
  await run.approvals.decide({ approval: await id, content, decision: 'approved', comment: 'ok' }, BOB);
  await answer;
  await run.gate.settle(asking.cell, { status: 'ok', startedAt: '' });
  return id;
}

describe('the text of a locked step', () => {
  test.each([
    ['under the id of an earlier step', 'look', 'step.other_text'],
    ['under an id that nobody knows', 'elsewhere', 'hold.locked'],
    ['under the id of another front end', 'vscode-notebook-cell:/release.ipynb#W0s', 'hold.locked'],
    ['without an id', null, 'hold.locked'],
    ['under its own id', 'ship', 'hold.locked'],
    ['under an id like __proto__', '__proto__', 'hold.locked']
  ])('%s does not run', async (_how, id, code) => {
    expect(await codeOf(run.sentCell(id, LOCKED))).toBe(code);
    expect(run.journal.records.filter(({ kind }) => kind === 'attempt-started')).toEqual([]);
  });

  test('with other spaces does not run either', async () => {
    expect(await codeOf(run.sentCell(null, ' 2  +  2'))).toBe('step.other_text');
  });
});

test('a text that no document has does not run under an id, and is in the record as of no step without one', async () => {
  expect(await codeOf(run.sentCell('look', 'console.log(1)'))).toBe('step.other_text');
  expect(await codeOf(run.sentCell('nobody', 'console.log(1)'))).toBe('step.other_text');
  expect(await codeOf(run.sentCell(null, 'console.log(1)'))).toBeUndefined();
  expect(run.journal.records.at(-1)).toMatchObject({ step: expect.stringMatching(`^${UNNAMED_STEP}`) });
});

test('what runs untouched is still accepted: saved, and as the page has told it', async () => {
  await pass('look');
  run.announce(run.outline.saved(), { look: sha256('1 + 3') });
  expect(await codeOf(run.sentCell('look', '1 + 3'))).toBeUndefined();
});

test('what was typed a moment ago is waited for', async () => {
  run.announce(run.outline.saved());
  const admitted = codeOf(run.sentCell('look', '1 + 5'));
  run.announce(run.outline.saved(), { look: sha256('1 + 4') });
  run.announce(run.outline.saved(), { look: sha256('1 + 5') });
  expect(await admitted).toBeUndefined();
});

test('a page that never tells it is refused, and told to save', async () => {
  run.announce(run.outline.saved());
  const check = refuseOtherText({ ...run, patienceMs: 20 });
  const asked = { step: 'look', code: '9', hash: sha256('9'), by: BOB, outline: run.outline.saved() };
  const refusal = await check(run.sentCell('look', '9'), asked);
  expect(refusal).toMatchObject({
    code: 'step.other_text',
    hint: expect.stringContaining('Save the notebook')
  });
});

describe('a cell of a console', () => {
  const console_ = (): Cell => run.sentCell(null, 'await $`true`');

  test('is locked by the hold points that the run has come to, and by no other', async () => {
    expect(await codeOf(console_())).toBeUndefined();
    const { cell } = await run.admit('ask');
    await run.gate.settle(cell, { status: 'ok', startedAt: '' }); // it passed without asking
    expect(await codeOf(console_())).toBe('hold.locked');
    expect(await codeOf(run.sentCell(null, 'await rollback.run()'))).toBeUndefined();
  });

  test('runs again when the hold point is released', async () => {
    await approve();
    expect(await codeOf(console_())).toBeUndefined();
  });
});

describe('the page of a watcher', () => {
  const invented = (outline: Outline): Outline => ({
    ...outline,
    phases: [
      { id: 'fake', title: 'Fake', steps: [{ id: 'look', title: '', holds: ['Fake'] }] },
      ...outline.phases.slice(1)
    ]
  });

  beforeEach(async () => {
    run.people.introduce('session-1', { username: 'ann', name: 'Ann Lee' });
    run.people.introduce('watcher', { username: 'eve', name: 'Eve' });
    await pass('look');
  });

  test('locks nothing with an invented hold point', async () => {
    expect(run.outline.announce(page('watcher'), invented(run.outline.saved()))).toBe(false);
    await approve();
    expect(await codeOf(run.cellOf('ship'))).toBeUndefined();
  });

  test('makes nothing stale with a private copy, and the page of the driver does', async () => {
    const id = await approve();
    const copy = { ask: sha256("await approval('QA sign-off') ") };
    run.outline.announce(page('watcher'), run.outline.saved(), copy);
    await run.standing.sweep();
    expect(run.keeper.state.approvals[id]?.status).toBe('approved');
    run.announce(run.outline.saved(), copy);
    await run.standing.sweep();
    expect(run.keeper.state.approvals[id]?.status).toBe('stale');
  });

  test('says nothing of what runs, until its person drives', async () => {
    run.outline.announce(page('watcher'), { title: 'Mine', phases: [] });
    expect(run.outline.current().title).toBe('');
    await run.keeper.append({
      kind: 'driver-changed',
      by: { username: 'eve', name: 'Eve', grade: 'claimed' },
      client: 'watcher',
      how: 'replaced',
      reason: 'away'
    });
    expect(run.outline.current().title).toBe('Mine');
  });
});

describe('a request that nobody released', () => {
  async function reject(): Promise<void> {
    const asking = await run.admit('ask');
    const request = {
      name: 'QA sign-off',
      question: 'May it?',
      approvers: [],
      evidence: [],
      timeoutMs: null
    };
    let asked!: (id: string) => void;
    const id = new Promise<string>(resolve => (asked = resolve));
    const answer = run.approvals.ask(asking, request, new AbortController().signal, asked);
    answer.catch(() => undefined);
    const { content } = run.keeper.state.approvals[await id]!;
    await run.approvals.decide({ approval: await id, content, decision: 'rejected', comment: 'no' }, BOB);
    await run.gate.settle(asking.cell, { status: 'ok', startedAt: '' });
  }
  const without = (...ids: string[]) => CELLS.filter(({ id }) => !ids.includes(id));
  const skip = (step: string, reason = 'the incident lead says so'): Promise<unknown> =>
    run.acts.judgements.skip(step, reason, run.people.owner, holds =>
      run.approvals.faultOfLeavingOut(holds, reason, run.people.owner)
    );

  test('locks when its step is gone, until a person leaves it out by name', async () => {
    await reject();
    run.save(without('ask'));
    expect(await codeOf(run.sentCell('ship', LOCKED))).toBe('hold.locked');
    expect(await codeOf(run.sentCell('look', '1 + 1'))).toBeUndefined();
    await expect(skip('QA sign-off', 'short')).rejects.toMatchObject({ code: 'hold.no_reason' });
    await skip('QA sign-off');
    expect(run.keeper.state.holdsSkipped).toMatchObject([{ name: 'QA sign-off' }]);
    expect(await codeOf(run.sentCell('ship', LOCKED))).toBeUndefined();
  });

  test('locks when its step is moved behind the step that it held', async () => {
    await reject();
    const [ask] = CELLS.filter(({ id }) => id === 'ask');
    run.save([...without('ask'), ask!]);
    expect(await codeOf(run.sentCell('ship', LOCKED))).toBe('hold.locked');
    await expect(skip('ask')).rejects.toMatchObject({ code: 'skip.hold' });
  });

  test('locks when its step is written anew without the question, and a step inserted before it runs', async () => {
    await reject();
    const cells = CELLS.map(cell => (cell.id === 'ask' ? { ...cell, source: '5 + 5' } : cell));
    run.save([{ id: 'mend', cell_type: 'code', source: '7' }, ...cells]);
    await pass('ask', '5 + 5');
    expect(await codeOf(run.sentCell('ship', LOCKED))).toBe('hold.locked');
    expect(await codeOf(run.sentCell('mend', '7'))).toBeUndefined();
    await skip('ask');
    expect(await codeOf(run.sentCell('ship', LOCKED))).toBeUndefined();
  });

  test('is released by asking again', async () => {
    await reject();
    await approve();
    expect(await codeOf(run.cellOf('ship'))).toBeUndefined();
  });
});

test('a hold step that passed without asking locks until it is left out by name, by whom the policy lets', async () => {
  await pass('ask');
  const { refusal } = await run.gate.admit(run.cellOf('ship'));
  expect(refusal).toMatchObject({
    evalue: expect.stringContaining('passed without asking'),
    record: { hint: expect.stringContaining('%skip "QA sign-off" REASON') }
  });
  await run.acts.judgements.skip('ask', 'seen by all', run.people.owner, () => null);
  expect(await codeOf(run.cellOf('ship'))).toBeUndefined();
});

test("a question out of text that is not the step's own is refused, and the attempt does not pass", async () => {
  const { cell } = await run.admit('look');
  const params = { name: 'Go', question: '?', approvers: [], evidence: [], timeoutMs: null };
  const { signal } = new AbortController();
  await expect(
    answerCall(run, { cell: cell.key, isLate: false, method: 'approval.ask', params }, signal)
  ).rejects.toMatchObject({ code: 'hold.not_in_step' });
  await expect(run.gate.settle(cell, { status: 'ok', startedAt: '' })).rejects.toMatchObject({
    code: 'hold.not_in_step'
  });
  expect(run.keeper.state.steps['look']).toMatchObject({ status: 'failed' });
  expect(await codeOf(run.sentCell('ask', CELLS[3]!.source))).toBe('hold.locked');
});
