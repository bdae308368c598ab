// A forger between two lives of a kernel: journal, notebook, policy, signers and tokens may be other ones when the run goes on. Nothing is
// run behind a signed hold point that was not signed for, neither by a resume nor by running the cells again.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenFolderOf } from '../../contract/notebook/notebook.js';
import { sha256 } from '../../record/hash.js';
import { readOutline } from '../../record/source/read-outline.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { askFor } from '../../run/acts/ask-for.js';
import type { ApprovalParams } from '../../run/holds/approvals.js';
import { rounds } from '../proof.js';
import { makeRandom } from '../random.js';
import {
  makeSampleRun,
  POLICY,
  RUN,
  type EarlierRecord,
  type SampleCell,
  type SampleRun
} from '../run/sample-run.js';
import { makeSigners, type Signers } from '../run/signers.js';
import { changeOrder, choiceOf, insertRecord, type Body, type Choice } from './changes.js';
import { claimsOther, type SignedHold, type Told } from './covered.js';
import {
  changeCells,
  changeRecord,
  changeText,
  changeToken,
  forgetHolds,
  insertAttempt,
  type Change,
  type Life
} from './life-changes.js';
import { mend } from './mend.js';

const LIVES = rounds({ inTest: 30, inProof: 1_000 });
const CLIENT = { session: 'session-1', username: 'driver' };
const CELLS: readonly SampleCell[] = [
  { id: 'parameters', cell_type: 'code', source: 'const batch = 2', metadata: { tags: ['parameters'] } },
  { id: 'prepare', cell_type: 'markdown', source: '## Prepare' },
  { id: 'look', cell_type: 'code', source: '1 + 1' },
  { id: 'sign-off', cell_type: 'markdown', source: '## QA sign-off' },
  { id: 'ask', cell_type: 'code', source: "await approval('QA sign-off')" },
  { id: 'deploy', cell_type: 'markdown', source: '## Deploy' },
  { id: 'ship', cell_type: 'code', source: 'ship()' },
  { id: 'more', cell_type: 'code', source: 'more()' }
];
const PARAMS: ApprovalParams = {
  name: 'QA sign-off',
  question: 'May it?',
  approvers: [],
  evidence: [{ label: 'Errors', text: '0' }],
  timeoutMs: null
};
const HOLD: SignedHold = {
  approval: 'ask:1:approval-1',
  heading: 'sign-off',
  step: 'ask',
  released: ['ship', 'more']
};

let signers: Signers;
/** A run up to its released hold point, and the same run in which the steps behind it have passed too. */
let originals: readonly [Life, Life];
/** Signed by the right people for an earlier question, and by Mallory in their names. */
let stolen: readonly string[];

beforeAll(async () => {
  signers = makeSigners(['ann', 'bob']);
  originals = [await firstLife(false), await firstLife(true)];
});
afterAll(() => signers.remove());

test('An untouched run is gone on with, and every step runs', async () => {
  for (const original of originals) {
    const { ran, replayed, ended } = await nextLife(original);
    const all = ['parameters', 'look', 'ask', 'ship', 'more'];
    expect({ ended, ids: [...replayed, ...ran].map(([id]) => id) }).toEqual({ ended: [], ids: all });
  }
});

test(
  `In ${LIVES} forged lives no step runs that nobody has signed for`,
  async () => {
    const faults: string[] = [];
    let [touching, lives] = [0, 0];
    for (let seed = 1; lives < LIVES; seed += 1) {
      const choice = choiceOf(makeRandom(seed * 104_729));
      const original = choice.pick(originals);
      const { life, changes } = forge(original, choice);
      if (!asksFirst(life)) {
        continue; // without its hold point it is another runbook
      }
      lives += 1;
      // What may run now is what counts, not what else the journal says of the steps behind the hold point.
      const bodies = life.bodies.filter(
        ({ kind, step }) => kind !== 'attempt-started' || !HOLD.released.includes(String(step))
      );
      const isTouched = claimsOther(toldBy(original), toldBy({ ...life, bodies }), HOLD);
      touching += isTouched ? 1 : 0;
      const isRewritten = claimsOther(
        toldBy(original),
        toldBy({ ...life, cells: original.cells, bodies }),
        HOLD
      );
      const isOther = claimsOther(toldBy(original), toldBy({ ...life, bodies: original.bodies }), HOLD);
      const { ran, replayed, isSignedAgain } = await nextLife(life);
      const isWrong = ([id, code]: Ran, isClaim: boolean): boolean =>
        isBehind(id, life) && (isClaim || code !== textIn(CELLS, id));
      const wrong = [
        // What was signed may lie beside the run still: the same question takes it, whatever became of the record.
        ...ran.filter(each => isWrong(each, isSignedAgain ? isOther : isTouched)),
        // What had passed is evaluated again with the text that it had, whatever the notebook says now.
        ...replayed.filter(each => isWrong(each, isRewritten))
      ];
      if (wrong.length > 0) {
        faults.push(`seed ${seed}: ${changes.join(', ')}: ${JSON.stringify(wrong)}`);
      }
    }
    console.log(
      `${LIVES} forged lives, ${touching} touch what was signed, ${faults.length} ran a wrong step`
    );
    expect(touching).toBeGreaterThan(LIVES / 4);
    expect(faults).toEqual([]);
  },
  60_000 + LIVES * 1_000
);

function begin({ cells, run, policy }: Omit<Life, 'bodies'>, bodies: readonly Body[] = []): SampleRun {
  return makeSampleRun(cells, run, { policy }, undefined, bodies as unknown as EarlierRecord[]);
}

/** A rejected question, the same one again, and two signatures; then what comes behind it. */
async function firstLife(isShipped: boolean): Promise<Life> {
  const policy: PeoplePolicy = {
    ...POLICY,
    allowedSigners: signers.allowedSigners,
    approvals: { approvers: ['qa-lead'], required: 2, grade: 'signed' },
    breakGlass: []
  };
  const life: Omit<Life, 'bodies'> = {
    cells: CELLS,
    run: { ...RUN, parameters: { batch: 2 } },
    policy,
    tokens: []
  };
  const run = begin(life);
  for (const id of ['parameters', 'look']) {
    await passes(run, id);
  }
  const tokens = await askAndSign(run);
  for (const id of isShipped ? HOLD.released : []) {
    await passes(run, id);
  }
  run.end();
  const bodies = run.journal.records.map(({ seq: _seq, prev: _prev, ...body }) => body as unknown as Body);
  return { ...life, bodies, tokens };
}

async function passes(run: SampleRun, id: string): Promise<void> {
  const running = await run.admit(id);
  await run.gate.settle(running.cell, { status: 'ok', startedAt: new Date().toISOString() });
}

async function askAndSign(run: SampleRun): Promise<string[]> {
  const tokens: string[] = [];
  const running = await run.admit('ask');
  const signal = new AbortController().signal;
  await new Promise<void>((resolve, reject) => {
    const sign = async (id: string): Promise<void> => {
      const approval = run.keeper.state.approvals[id]!;
      for (const by of ['ann', 'bob']) {
        tokens.push(await signers.sign(approval, by));
      }
      stolen = [
        await signers.sign(approval, 'ann', { nonce: 'earlier', approval: 'ask:0:approval-1' }),
        await signers.sign(approval, 'ann', {}, 'mallory'),
        await signers.sign(approval, 'bob', {}, 'mallory'),
        await signers.sign(approval, 'ann', { decision: 'rejected' }),
        await signers.sign({ ...approval, content: 'f'.repeat(64) }, 'bob')
      ];
      for (const token of tokens) {
        await run.signed.take(token);
      }
    };
    run.approvals
      .ask(running, PARAMS, signal, id => void sign(id).catch(reject))
      .then(() => resolve(), reject);
  });
  await run.gate.settle(running.cell, { status: 'ok', startedAt: new Date().toISOString() });
  return tokens;
}

type Ran = readonly [id: string, code: string];

/** The run in another kernel: whoever drives resumes, discards when that is refused, and runs every cell. */
async function nextLife(life: Life): Promise<{
  readonly ran: Ran[];
  readonly replayed: Ran[];
  readonly ended: string[];
  /** Asked again, and released by signatures of everybody who had to sign. */
  readonly isSignedAgain: boolean;
}> {
  const run = begin(life, life.bodies);
  const folder = tokenFolderOf(run.path);
  mkdirSync(folder);
  life.tokens.forEach((token, index) => writeFileSync(join(folder, `${index}.token`), token));
  const ended: string[] = [];
  const ran: Ran[] = [];
  const note = (error: unknown): void => void ended.push((error as { code?: string }).code ?? String(error));
  try {
    await askFor(run.acts, 'resume', {}, { client: CLIENT }).catch(async (error: unknown) => {
      note(error);
      await askFor(
        run.acts,
        'discard',
        { from: null, reason: 'It is not resumed' },
        { client: CLIENT }
      ).catch(note);
    });
    const isOpen = ({ id }: SampleCell): boolean => run.keeper.state.steps[id]?.status !== 'passed';
    for (const { id, cell_type, source } of life.cells.filter(isOpen)) {
      const cell = run.cellOf(id, source, CLIENT);
      const { refusal } = cell_type === 'code' ? await run.gate.admit(cell) : { refusal: null };
      const running = run.register.find(cell.key);
      if (refusal) {
        ended.push(refusal.record.code);
      } else if (running) {
        ran.push([id, source]);
        const passed = id !== 'ask' || (await askAgain(run, running).catch(() => false));
        const at = new Date().toISOString();
        const record = { name: 'Error', code: 'hold.unanswered', message: 'Nobody is here.' };
        const error = { ename: 'Error', evalue: '', traceback: [], record };
        await run.gate.settle(
          cell,
          passed ? { status: 'ok', startedAt: at } : { status: 'error', startedAt: at, error }
        );
      }
    }
  } catch (error) {
    note(error); // a journal that is none is not gone on with
  } finally {
    run.end();
  }
  const last = Object.values(run.keeper.state.approvals).findLast(({ step }) => step === 'ask');
  const genuine = originals.flatMap(({ tokens }) => tokens);
  return {
    ran,
    replayed: run.evaluated.map(({ cellId, code }) => [cellId ?? '', code] as const),
    ended,
    isSignedAgain:
      last !== undefined &&
      last.id !== HOLD.approval &&
      new Set(last.decisions.map(({ by }) => by.username)).size === 2 &&
      last.decisions.every(({ signature }) => genuine.includes(signature?.token ?? ''))
  };
}

/** What the cell does: it asks, and takes what lies beside the run. */
async function askAgain(
  run: SampleRun,
  running: Parameters<SampleRun['approvals']['ask']>[0]
): Promise<boolean> {
  const stop = new AbortController();
  const look = async (id: string): Promise<void> => {
    await run.signed.look(id, () => undefined);
    stop.abort();
  };
  await run.approvals.ask(running, PARAMS, stop.signal, id => void look(id));
  return true;
}

function forge(original: Life, choice: Choice): { readonly life: Life; readonly changes: readonly string[] } {
  const changes: string[] = [];
  let life = original;
  for (let count = 1 + choice.below(4); count > 0; count -= 1) {
    const [name, change] = choice.pick(CHANGES);
    changes.push(name);
    life = change(life, choice);
  }
  const texts = new Map(life.cells.map(({ id, source }) => [id, source]));
  return { life: choice.isSo(0.7) ? { ...life, bodies: mend(life.bodies, texts, choice) } : life, changes };
}

const CHANGES: readonly (readonly [name: string, change: Change])[] = [
  ['a field', changeRecord(() => true)],
  ['a field of the request', changeRecord(kind => kind === 'approval-requested')],
  ['a field of the request', changeRecord(kind => kind === 'approval-requested')],
  ['a field of a decision', changeRecord(kind => kind === 'approval-decided')],
  ['the outline', changeRecord(kind => kind === 'outline')],
  ['the outline', forgetHolds],
  ['an attempt', changeRecord(kind => kind === 'attempt-started')],
  ['the order', (life, choice) => ({ ...life, bodies: changeOrder(life.bodies, choice) })],
  ['a record more', (life, choice) => ({ ...life, bodies: insertRecord(life.bodies, choice) })],
  ['an attempt more', insertAttempt],
  ['another token', (life, choice) => changeToken(life, choice, stolen)],
  ['text of a cell', changeText],
  ['text of a cell', changeText],
  ['cells', changeCells],
  ['parameters', life => ({ ...life, run: { ...life.run, parameters: { batch: 99 } } })],
  ['the release', life => ({ ...life, run: { ...life.run, release: '9.9.9' } })],
  ['a weaker policy', life => ({ ...life, policy: { ...life.policy, approvals: {}, breakGlass: null } })],
  ['no signers', life => ({ ...life, policy: { ...life.policy, allowedSigners: null } })],
  ['tokens', (life, choice) => ({ ...life, tokens: [...(choice.isSo(0.5) ? life.tokens : []), ...stolen] })]
];

/** True while the cell that asks stands there and asks, and nothing that it held has been put before it. */
function asksFirst({ cells }: Life): boolean {
  const steps = readOutline(cells).phases.flatMap(phase => phase.steps);
  const at = steps.findIndex(({ id, holds }) => id === 'ask' && holds.includes('QA sign-off'));
  return at >= 0 && steps.slice(0, at).every(({ id }) => !HOLD.released.includes(id));
}

function isBehind(id: string, { cells }: Life): boolean {
  const place = (one: string): number => cells.findIndex(cell => cell.id === one);
  return place(id) > place('ask');
}

function textIn(cells: readonly SampleCell[], id: string): string {
  return cells.find(cell => cell.id === id)?.source ?? '';
}

/** What is behind the hold point is about to run. */
function toldBy({ bodies, cells, run }: Life): Told {
  const begun = HOLD.released.map(step => {
    const source = textIn(CELLS, step);
    return { kind: 'attempt-started', at: '', step, source, sourceHash: sha256(source) };
  });
  return { bodies: [...bodies, ...begun], cells, run };
}
