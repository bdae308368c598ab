// Going back to a checkpoint by each door asks for what going back to a step asks for; looking is for everybody, whoever drives.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RollbackTarget } from '../../../contract/base/rollback-target.js';
import type { AnswerMessage, KernelMessage } from '../../../contract/comms/comm.js';
import type { Json } from '../../../contract/base/json.js';
import { COMM_VERSION } from '../../../contract/base/version.js';
import { cellErrorOf } from '../../../contract/base/cell-error.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import type { Comm } from '../../../kernel/core/ports/ports.js';
import { RunComm } from '../../../kernel/host/comms/run-comm.js';
import { runInLane } from '../../../kernel/host/cells/line-commands.js';
import { CELLS, makeSampleRun, type SampleCell, type SampleRun } from '../sample-run.js';

const SHIPPING: readonly SampleCell[] = [
  ...CELLS.filter(({ id }) => id !== 'ask' && id !== 'sign-off'),
  { id: 'tell', cell_type: 'code', source: '3 + 3' }
];
const MARK: RollbackTarget = { checkpoint: 'before deploy', step: null };
const ANN = { session: 'ann', username: '' };
const BOB = { session: 'bob', username: '' };

let run: SampleRun;

beforeEach(async () => {
  run = makeSampleRun(SHIPPING);
  run.people.introduce('ann', { username: 'ann', name: 'Ann Lee' }, 'page-1');
  run.people.introduce('bob', { username: 'bob', name: 'Bob Ray' }, 'page-2');
  await pass('look', async () => {
    await run.keeper.append({ kind: 'checkpoint', name: 'before deploy', step: 'look' });
  });
  await pass('ship', async () => {
    await run.keeper.append({
      kind: 'rollback-registered',
      rollback: 'ship back',
      name: 'ship back',
      step: 'ship'
    });
    run.undoFunctions.note('ship back');
    await did('ship', 'fleetctl deploy');
  });
  await pass('tell', () => did('tell', 'POST https://chat/post'));
});
afterEach(() => run.end());

async function pass(id: string, act: () => Promise<void>): Promise<void> {
  const { cell } = await run.admit(id, undefined, ANN);
  await act();
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
}

const did = async (step: string, label: string): Promise<void> => {
  const effect = { effect: `${step}:${label}`, step, attempt: 1, helper: 'shell', label, request: null };
  await run.keeper.append({ kind: 'effect-started', ...effect });
};

const recordsOf = (kind: string) => run.journal.records.filter(record => record.kind === kind);

/** A cell of this person, as the kernel runs it. Gives what it printed, or its error. */
async function send(code: string, from: { session: string; username: string }): Promise<string> {
  const cell = run.cellOf(null, code, from);
  const { refusal } = await run.gate.admit(cell);
  const execute = runInLane(() => Promise.reject(new Error('no line command')), run.acts.lane, run.commands);
  const { error } = refusal ? { error: refusal } : await execute({ ...cell, storesHistory: false }, {});
  const printed = run.published.flatMap(({ key, output }) =>
    key === cell.key && output.kind === 'stream' ? [output.text] : []
  );
  return error ? `${error.record.code}: ${error.evalue}` : printed.join('');
}

/** A message of this person's page. */
async function ask(message: object, { session }: { session: string }): Promise<AnswerMessage> {
  const { promise, resolve } = Promise.withResolvers<AnswerMessage>();
  let receive: (data: Json) => void = () => undefined;
  let isKnown: () => void = () => undefined;
  const known = new Promise<void>(done => (isKnown = done));
  const comm: Comm = {
    id: session,
    target: 'launchbook.run',
    session,
    send: data => {
      const told = data as unknown as KernelMessage;
      isKnown();
      if (told.type === 'answer') {
        resolve(told);
      }
    },
    tellAll: () => undefined,
    close: () => undefined,
    forget: () => undefined,
    onMessage: handle => (receive = handle),
    onClose: () => undefined
  };
  const user = { username: session, name: session === 'ann' ? 'Ann Lee' : 'Bob Ray' };
  new RunComm(run).open(comm, { version: COMM_VERSION, client: session, user, outline: null });
  await known;
  receive({ request: '1', ...message });
  return promise;
}

describe('a checkpoint', () => {
  test.each([
    ['%rollback --to-checkpoint', () => send('%rollback --to-checkpoint "before deploy"', ANN)],
    ['%rewind', () => send('%rewind "before deploy"  ', ANN)],
    [
      'the message of a page',
      async () => (await ask({ type: 'roll-back', to: MARK, reason: ' ' }, ANN)).error?.code ?? ''
    ],
    [
      'the run itself',
      () =>
        run.acts.rollback.carryOut(MARK, '\n', run.people.owner, run.cellOf(null)).then(
          () => '',
          (error: { readonly code: string }) => error.code
        )
    ]
  ])('%s needs a reason, and nothing is undone without one', async (_door, act) => {
    const before = run.journal.records.length;
    expect(await act()).toContain('reason.missing');
    expect(run.evaluated).toEqual([]);
    expect(run.journal.records).toHaveLength(before);
  });

  test('what has no undo step is named in its plan by each door', async () => {
    const without = [{ step: 'tell', title: '3 + 3', effects: ['POST https://chat/post'] }];
    expect((await run.acts.rollback.plan(MARK)).without).toEqual(without);
    expect((await ask({ type: 'plan-rollback', to: MARK }, ANN)).rollback?.without).toEqual(without);
    const named =
      'Cannot be undone, because no undo step is registered:\n    3 + 3: POST https://chat/post\n';
    expect(await send('%rollback --plan --to-checkpoint "before deploy"', ANN)).toContain(named);
    expect(await send('%rewind --plan "before deploy"', ANN)).toContain(named);
  });

  test('is gone back to by each spelling as one act, with one record', async () => {
    expect(await send('%rewind "before deploy" too slow', ANN)).toContain('back at “before deploy”');
    expect(run.evaluated.map(({ code }) => code)).toEqual(['await rollback.run({ steps: ["ship back"] })']);
    expect(recordsOf('rolled-back')).toMatchObject([
      { ...MARK, reason: 'too slow', by: { username: 'ann' }, steps: ['ship', 'tell'], approvals: [] }
    ]);
    expect(recordsOf('rewound')).toEqual([]);
    expect(run.keeper.state.steps['ship']).toMatchObject({
      status: 'stale',
      stale: { because: 'rolled-back', cause: 'too slow' }
    });
  });

  test('an undo step that fails is named until it is undone, by state and plan, and nothing is stale before', async () => {
    run.evaluator.run = async () => {
      const at = { rollback: 'ship back', step: undoStepOf('ship back') };
      await run.keeper.append({ kind: 'rollback-started', ...at });
      await run.keeper.append({ kind: 'rollback-ended', rollback: 'ship back', outcome: 'failed' });
      return { status: 'error', startedAt: '', error: cellErrorOf(new Error('no key')) };
    };
    const { error } = await ask({ type: 'roll-back', to: MARK, reason: 'too slow' }, ANN);
    expect(error?.message).toContain('Not undone: “ship back”');
    expect(run.keeper.state.undoing).toMatchObject({
      ...MARK,
      rollbacks: ['ship back'],
      error: { fields: { remaining: ['ship back'] } }
    });
    expect(recordsOf('rolled-back')).toEqual([]);
    expect(run.keeper.state.steps['ship']?.status).toBe('passed');
    expect(await send('%rollback --plan --to-checkpoint "before deploy"', ANN)).toContain(
      '1. ship back (tried before: failed)'
    );
  });
});

describe('somebody who does not drive', () => {
  test.each([
    '%rollback --plan',
    '%rollback --plan ship',
    '%rollback --plan --to-checkpoint "before deploy"',
    '%rewind --plan "before deploy"',
    '%resume --plan'
  ])('sees what %s tells', async line => {
    expect(await send(line, BOB)).toMatch(/^(Roll|Resume)/);
  });

  test.each([MARK, { checkpoint: null, step: 'ship' }, { checkpoint: null, step: null }])(
    'sees the plan in the page: %j',
    async to => {
      const { error, rollback } = await ask({ type: 'plan-rollback', to }, BOB);
      expect(error).toBeNull();
      expect(rollback).toMatchObject({ ...to, rollbacks: [{ name: 'ship back' }] });
    }
  );

  test.each(['%rollback ship why', '%rewind "before deploy" why', '%resume --plan\n%rollback --all why'])(
    'does not roll back: %j',
    async line => {
      expect(await send(line, BOB)).toMatch(/^(driver.not_you|command.malformed)/);
      const { error } = await ask({ type: 'roll-back', to: MARK, reason: 'why' }, BOB);
      expect(error?.code).toBe('driver.not_you');
      expect(run.evaluated).toEqual([]);
    }
  );
});
