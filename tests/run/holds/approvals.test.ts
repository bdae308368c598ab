import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import { ANN } from '../../contract/sample-journal.js';
import { BOB, CELLS, RUN, makeSampleRun, type SampleRun } from '../sample-run.js';

const PARAMS = {
  name: 'QA sign-off',
  question: 'May it go out?',
  approvers: ['qa-lead'],
  evidence: [{ label: 'Errors', text: '0' }],
  timeoutMs: null
};

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

/** Asks and waits until the request is on disk. */
async function ask(params = PARAMS, signal = new AbortController().signal) {
  const running = await run.admit('ask');
  let shown!: (id: string) => void;
  const asked = new Promise<string>(resolve => (shown = resolve));
  const answer = run.approvals.ask(running, params, signal, shown);
  answer.catch(() => undefined);
  const id = await asked;
  return { running, answer, id, approval: (): ApprovalState => run.keeper.state.approvals[id]! };
}

const decision = (approval: ApprovalState, word: 'approved' | 'rejected', comment = 'Seen') => ({
  approval: approval.id,
  content: approval.content,
  decision: word,
  comment
});

describe('an approval', () => {
  test('is in the journal and on the screen before it waits, and releases with who, when and comment', async () => {
    const { answer, approval } = await ask();
    expect(run.keeper.state.steps['ask']?.status).toBe('waiting');
    expect(run.published).toHaveLength(1);
    await run.approvals.decide(decision(approval(), 'approved', ' Looks good '), BOB);
    expect(await answer).toMatchObject({ decision: 'approved', by: BOB, comment: 'Looks good' });
    expect(run.journal.records.at(-1)).toMatchObject({
      kind: 'approval-decided',
      content: approval().content
    });
    expect(run.published.at(-1)?.output).toMatchObject({ kind: 'update', displayId: approval().id });
  });

  test('that is rejected ends the cell with `hold.rejected` and the reason', async () => {
    const { answer, approval } = await ask();
    await run.approvals.decide(decision(approval(), 'rejected', 'Checkout is broken'), BOB);
    await expect(answer).rejects.toMatchObject({
      code: 'hold.rejected',
      message: expect.stringContaining('Checkout is broken')
    });
  });

  test('a rejection without a reason is not counted, and the hold point waits on', async () => {
    const { approval } = await ask();
    await expect(run.approvals.decide(decision(approval(), 'rejected', '  '), BOB)).rejects.toMatchObject({
      code: 'hold.no_reason'
    });
    expect(approval().status).toBe('pending');
  });

  test('a second decision is refused, also when both arrive at once', async () => {
    const { answer, approval } = await ask();
    const request = approval();
    const both = await Promise.allSettled([
      run.approvals.decide(decision(request, 'approved'), BOB),
      run.approvals.decide(decision(request, 'rejected'), ANN)
    ]);
    expect(both.map(result => result.status)).toEqual(['fulfilled', 'rejected']);
    expect(await answer).toMatchObject({ by: BOB });
    await expect(run.approvals.decide(decision(request, 'rejected'), ANN)).rejects.toMatchObject({
      code: 'hold.settled'
    });
    expect(approval().decisions).toHaveLength(1);
  });

  test('a decision on other content or on an unknown approval is refused', async () => {
    const { approval } = await ask();
    await expect(
      run.approvals.decide({ ...decision(approval(), 'approved'), content: 'f'.repeat(64) }, BOB)
    ).rejects.toMatchObject({ code: 'hold.other_content' });
    await expect(
      run.approvals.decide({ ...decision(approval(), 'approved'), approval: 'no' }, BOB)
    ).rejects.toMatchObject({ code: 'hold.unknown' });
    const odd = { ...decision(approval(), 'approved'), decision: 'maybe' as 'approved' };
    await expect(run.approvals.decide(odd, BOB)).rejects.toMatchObject({ code: 'hold.bad_decision' });
    expect(approval().status).toBe('pending');
  });

  test('that nobody answers in time expires and releases nothing', async () => {
    const { answer, approval } = await ask({ ...PARAMS, timeoutMs: 20 as never });
    await expect(answer).rejects.toMatchObject({ code: 'hold.expired' });
    expect(approval().status).toBe('expired');
    await expect(run.approvals.decide(decision(approval(), 'approved'), BOB)).rejects.toMatchObject({
      code: 'hold.settled'
    });
  });

  test('whose cell is stopped is withdrawn, and a late decision does not count', async () => {
    const stop = new AbortController();
    const { answer, approval } = await ask(PARAMS, stop.signal);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'hold.withdrawn' });
    expect(approval().status).toBe('withdrawn');
    await expect(run.approvals.decide(decision(approval(), 'approved'), BOB)).rejects.toMatchObject({
      code: 'hold.settled'
    });
  });

  test('that nobody can answer here is given up and fails closed', async () => {
    const { answer, id, approval } = await ask();
    await run.approvals.giveUp(id, 'Nobody can decide here.');
    await expect(answer).rejects.toMatchObject({ code: 'hold.unanswered' });
    expect(approval().status).toBe('withdrawn');
  });

  test('that was given stands when its step runs again with the same content, and is asked again with other evidence', async () => {
    const first = await ask();
    await run.approvals.decide(decision(first.approval(), 'approved'), BOB);
    const again = await run.admit('ask');
    const same = await run.approvals.ask(again, PARAMS, new AbortController().signal, () => undefined);
    expect(same.by).toEqual(BOB);
    const other = await ask({ ...PARAMS, evidence: [{ label: 'Errors', text: '1' }] });
    expect(other.approval()).toMatchObject({ status: 'pending', attempt: 3 });
  });
});

describe('the content of an approval', () => {
  const contentWith = async (): Promise<string> => (await ask()).approval().content;

  test('is the same after a save that changes nothing of it', async () => {
    const before = await contentWith();
    run.save([...CELLS, { id: 'more', cell_type: 'markdown', source: '## Later prose' }]);
    expect(await contentWith()).toBe(before);
  });

  test.each([
    [
      'the text of a cell of the phase',
      CELLS.map(cell =>
        cell.id === 'sign-off' ? { ...cell, source: '## QA sign-off\nNow different' } : cell
      ),
      RUN
    ],
    [
      'another cell in the phase',
      CELLS.toSpliced(3, 0, { id: 'new', cell_type: 'code' as const, source: '3' }),
      RUN
    ],
    ['another release', CELLS, { ...RUN, release: '2.5.0' }],
    ['another parameter', CELLS, { ...RUN, parameters: { region: 'eu' } }]
  ])('changes with %s', async (_what, cells, info) => {
    const before = await contentWith();
    run.save(cells, info);
    expect(await contentWith()).not.toBe(before);
  });

  test('is another one in another environment', async () => {
    const before = await contentWith();
    run.end();
    run = makeSampleRun(CELLS, { ...RUN, environment: 'production' });
    expect(await contentWith()).not.toBe(before);
  });
});
