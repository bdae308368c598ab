// A journal that was edited between two lives of the kernel, its chain linked again: what was signed is what runs, and nothing else.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContentBinding } from '../../../contract/holds/content-binding.js';
import { sha256 } from '../../../record/hash.js';
import { contentHash } from '../../../record/policy/content-hash.js';
import { CELLS, makeSampleRun, POLICY, RUN, type EarlierRecord, type SampleRun } from '../sample-run.js';
import { makeSigners, type Signers } from '../signers.js';

const FORM = [{ name: 'window', label: 'Window', type: 'text', choices: [], required: true }] as const;
const PARAMS = {
  name: 'QA sign-off',
  question: 'May it go out?',
  approvers: [],
  evidence: [{ label: 'Errors', text: '0' }],
  timeoutMs: null,
  form: FORM
};
const EVIL = CELLS.map(cell => (cell.id === 'ship' ? { ...cell, source: 'wipe()' } : cell));

let signers: Signers;
let records: EarlierRecord[];
const runs: SampleRun[] = [];

beforeAll(async () => {
  signers = makeSigners(['bob']);
  const run = begin();
  const running = await run.admit('ask');
  await new Promise<void>((resolve, reject) => {
    run.approvals
      .ask(running, PARAMS, new AbortController().signal, id => {
        const approval = run.keeper.state.approvals[id]!;
        const values = { window: 'tonight' };
        void signers.sign(approval, 'bob', { values }).then(token => run.signed.take(token), reject);
      })
      .then(() => resolve(), reject);
  });
  await run.gate.settle(running.cell, { status: 'ok', startedAt: new Date().toISOString() });
  records = run.journal.records.map(({ seq: _seq, prev: _prev, ...body }) => body);
});
afterEach(() => runs.splice(0).forEach(run => run.end()));
afterAll(() => signers.remove());

function begin(cells = CELLS, earlier: readonly EarlierRecord[] = []): SampleRun {
  const policy = {
    ...POLICY,
    allowedSigners: signers.allowedSigners,
    approvals: { approvers: ['qa-lead'], grade: 'signed' as const },
    breakGlass: []
  };
  const run = makeSampleRun(cells, RUN, { policy }, undefined, earlier);
  runs.push(run);
  return run;
}

/** What the gate says of the step after the hold point, in a kernel that begins with these records. */
async function shipped(
  cells: typeof CELLS,
  change: (record: EarlierRecord) => EarlierRecord = record => record
): Promise<string | null> {
  const run = begin(cells, records.map(change));
  await run.keeper.open();
  const resumed = await run.standing.refuseUnsound().then(
    () => run.acts.resumer.resume({ username: 'ann', name: 'Ann', grade: 'claimed' }),
    (error: { code?: string }) => error.code
  );
  if (typeof resumed === 'string') {
    return resumed;
  }
  const { refusal } = await run.gate.admit(run.cellOf('ship'));
  return refusal?.record.code ?? null;
}

/** The binding with another text for the step that was released, and the content hash that belongs to it. */
function rebound(record: EarlierRecord, isContent: boolean): EarlierRecord {
  if (record.kind !== 'approval-requested') {
    return record;
  }
  const cells = record.binding!.cells.map(cell =>
    cell.id === 'ship' ? { ...cell, hashes: [sha256('wipe()')] } : cell
  );
  const binding: ContentBinding = { ...record.binding!, cells };
  return { ...record, binding, ...(isContent ? { content: contentHash(binding) } : {}) };
}

function asked(record: EarlierRecord, request: object): EarlierRecord {
  return record.kind === 'approval-requested'
    ? { ...record, request: { ...record.request, ...request } }
    : record;
}

function decided(record: EarlierRecord, decision: object): EarlierRecord {
  return record.kind === 'approval-decided'
    ? { ...record, decision: { ...record.decision, ...decision } }
    : record;
}

describe('After a resume', () => {
  test('an untouched journal is gone on with', async () => {
    expect(await shipped(CELLS)).toBeNull();
  });

  test('a step whose text changed meanwhile is not run', async () => {
    expect(await shipped(EVIL)).toBe('hold.locked');
  });

  test.each<[string, (record: EarlierRecord) => EarlierRecord]>([
    ['the hash of a cell', record => rebound(record, false)],
    ['the hash of a cell and that of the content', record => rebound(record, true)],
    [
      'both, also in the decision',
      record => {
        const request = records
          .map(each => rebound(each, true))
          .find(each => each.kind === 'approval-requested');
        return record.kind === 'approval-decided' && request?.kind === 'approval-requested'
          ? { ...record, content: request.content }
          : rebound(record, true);
      }
    ]
  ])('a journal that has %s rewritten for it is not gone on with', async (_, change) => {
    expect(await shipped(EVIL, change)).toBe('resume.unsound');
  });

  test.each<[string, (record: EarlierRecord) => EarlierRecord]>([
    ['another question', record => asked(record, { question: 'Tea?' })],
    ['a question with a mask', record => asked(record, { question: 'Tea? «secret X»' })],
    [
      'evidence with a mask',
      record => asked(record, { evidence: [{ label: 'Errors', text: '«secret X»' }] })
    ],
    ['fewer rules', record => asked(record, { rules: { ...rulesIn(record), grade: 'claimed' } })],
    ['another comment', record => decided(record, { comment: 'No' })],
    ['a comment with a mask', record => decided(record, { comment: 'No «secret X»' })],
    ['other answers', record => decided(record, { values: { window: 'now' } })],
    ['answers with a mask', record => decided(record, { values: { window: 'now «secret X»' } })],
    ['another person', record => decided(record, { by: { username: 'ann', name: 'ann', grade: 'signed' } })],
    ['another nonce', record => asked(record, { nonce: 'n' })],
    ['no nonce', record => asked(record, { nonce: undefined })]
  ])('a journal with %s is not gone on with', async (_, change) => {
    expect(await shipped(CELLS, change)).toBe('resume.unsound');
  });

  test('a step that the journal says has passed before anybody was asked is not evaluated again', async () => {
    const at = records.findIndex(({ kind }) => kind === 'approval-requested') - 1;
    const source = 'wipe()';
    const attempt = { step: 'ship', attempt: 1, executionCount: 9, queuedAt: records[at]!.at };
    const by = { username: 'ann', name: 'Ann', grade: 'claimed' as const };
    const ran: EarlierRecord[] = [
      { kind: 'attempt-started', at: records[at]!.at, ...attempt, by, source, sourceHash: sha256(source) },
      {
        kind: 'attempt-ended',
        at: records[at]!.at,
        step: 'ship',
        attempt: 1,
        outcome: 'passed',
        durationMs: 1
      }
    ];
    records = [...records.slice(0, at), ...ran, ...records.slice(at)];
    expect(await shipped(EVIL)).toBe('resume.unsound');
    records = records.filter(record => !ran.includes(record));
  });
});

describe('In a kernel that has it open already', () => {
  test('an approval whose request was rewritten is closed, and says why', async () => {
    const run = begin(
      CELLS,
      records.map(record => asked(record, { question: 'Tea?' }))
    );
    await run.standing.sweep();
    expect(Object.values(run.keeper.state.approvals)[0]).toMatchObject({
      status: 'stale',
      closure: { reason: expect.stringContaining('other content than its hash was taken over: the question') }
    });
  });
});

function rulesIn(record: EarlierRecord): object {
  return record.kind === 'approval-requested' ? record.request.rules! : {};
}
