// The clock of the machine goes back behind the record: nothing begins and no act counts, at whatever door, and what has happened is recorded.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_TYPES } from '../../../contract/journal/record-shapes.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import { ACTS } from '../../../run/acts/acts.js';
import { askFor } from '../../../run/acts/ask-for.js';
import { isFact } from '../../../run/keeper/records-of-facts.js';
import { ACT_NAMES, SAMPLE_ACTS } from '../acts/sample-acts.js';
import { CELLS, makeSampleRun, POLICY, RUN, type SampleRun } from '../sample-run.js';
import { makeSigners, type Signers } from '../signers.js';

const MINUTE_MS = 60_000;
const CLIENT = { session: 'session-1' };

let signers: Signers;
let run: SampleRun;
beforeAll(() => {
  signers = makeSigners(['bob']);
});
afterAll(() => signers.remove());
beforeEach(() => {
  begin();
});
afterEach(() => {
  jest.restoreAllMocks();
  run.end();
});

function begin(info = RUN as typeof RUN | null): void {
  const policy = { ...POLICY, allowedSigners: signers.allowedSigners };
  run = makeSampleRun(CELLS, info, { policy });
}

/** From now on the machine shows this many minutes less. */
function setBack(minutes: number): void {
  const shown = Date.now;
  jest.spyOn(Date, 'now').mockImplementation(() => shown() - minutes * MINUTE_MS);
}

async function pass(id: string): Promise<void> {
  const { cell } = await run.admit(id);
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
}

const codeOfStep = async (id: string): Promise<string | null> =>
  (await run.gate.admit(run.cellOf(id))).refusal?.record.code ?? null;

const kinds = (): string[] => run.journal.records.map(({ kind }) => kind);

const counting = ACT_NAMES.filter(name => ACTS[name].who !== 'everybody' && name !== 'accept-clock');

describe('more than five minutes back', () => {
  beforeEach(async () => {
    await pass('look');
    setBack(6);
  });

  test('no step begins, and the refusal says both times and how to go on', async () => {
    const { refusal } = await run.gate.admit(run.cellOf('look'));
    expect(refusal!.record).toMatchObject({
      code: 'run.clock_back',
      message: expect.stringMatching(
        /shows .* UTC, and the record of this run has .* UTC, (5|6) min \d+ s later/
      ),
      hint: expect.stringContaining('%accept-clock REASON')
    });
    expect(kinds().filter(kind => kind === 'attempt-started')).toHaveLength(1);
  });

  test.each(counting)('%s is refused, and nothing is recorded', async name => {
    const before = run.journal.records.length;
    await expect(askFor(run.acts, name, SAMPLE_ACTS[name].params, { client: CLIENT })).rejects.toMatchObject({
      code: 'run.clock_back'
    });
    expect(run.journal.records).toHaveLength(before);
  });

  test.each(ACT_NAMES.filter(name => ACTS[name].who === 'everybody'))(
    '%s only looks, and is answered',
    async name => {
      const { params, ends } = SAMPLE_ACTS[name];
      const done = askFor(run.acts, name, params, { client: CLIENT });
      await (ends === null ? done : expect(done).rejects.toMatchObject({ code: ends }));
    }
  );

  test.each(Object.keys(RECORD_TYPES))(
    'a record of the kind %s is written when it tells of a fact only',
    async kind => {
      const before = run.journal.records.length;
      const body = { kind } as RecordBody;
      const code = await run.keeper.append(body).then(
        () => null,
        (error: { code?: string }) => error.code ?? 'other'
      );
      expect(code === 'run.clock_back').toBe(!isFact(body));
      expect(run.journal.records).toHaveLength(before + (isFact(body) ? 1 : 0));
    }
  );

  test('a line command is refused before it begins', async () => {
    const { refusal } = await run.gate.admit(run.sentCell(null, '%skip ship because'));
    expect(refusal!.record.code).toBe('run.clock_back');
  });

  test('what is recorded meanwhile does not open the lock', async () => {
    await run.keeper.append({ kind: 'executor-replaced', reason: 'it died' });
    expect(await codeOfStep('look')).toBe('run.clock_back');
  });

  test('the driver says with a reason that the clock is right, and the run goes on', async () => {
    const ask = (reason: string) => askFor(run.acts, 'accept-clock', { reason }, { client: CLIENT });
    await expect(ask(' ')).rejects.toMatchObject({ code: 'reason.missing' });
    const latest = run.journal.records.at(-1)!.at;
    await ask('the machine was an hour ahead');
    expect(run.journal.records.at(-1)).toMatchObject({
      kind: 'clock-accepted',
      reason: 'the machine was an hour ahead',
      latest
    });
    expect(await codeOfStep('look')).toBeNull();
    await expect(ask('again')).rejects.toMatchObject({ code: 'run.clock_right' });
  });
});

test('a step that runs while it goes back is ended in the record, and so is what it does', async () => {
  const { cell, step, attempt } = await run.admit('look');
  setBack(90);
  await run.keeper.append({
    kind: 'effect-started',
    effect: 'e',
    step,
    attempt,
    helper: 'shell',
    label: 'x',
    request: {}
  });
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
  expect(kinds().slice(-2)).toEqual(['effect-started', 'attempt-ended']);
  expect(run.keeper.state.steps['look']!.attempts[0]!.durationMs).toBeGreaterThanOrEqual(0);
  expect(await codeOfStep('look')).toBe('run.clock_back');
});

test('four minutes are within what clocks may differ', async () => {
  await pass('look');
  setBack(4);
  expect(await codeOfStep('look')).toBeNull();
});

test('a scratch notebook is not refused', async () => {
  run.end();
  begin(null);
  await pass('look');
  setBack(90);
  expect(await codeOfStep('look')).toBeNull();
});

test('a signed decision in its folder waits for the right clock, is told of once, and counts then', async () => {
  const running = await run.admit('ask');
  const params = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };
  let answer!: Promise<unknown>;
  const id = await new Promise<string>(resolve => {
    answer = run.approvals.ask(running, params, new AbortController().signal, resolve);
    answer.catch(() => undefined);
  });
  const folder = tokenFolderOf(run.path);
  mkdirSync(folder);
  writeFileSync(join(folder, 'bob.token'), await signers.sign(run.keeper.state.approvals[id]!, 'bob'));
  const told: string[] = [];
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => new Date().getTime() - 90 * MINUTE_MS);
  await run.signed.look(id, text => told.push(text));
  await run.signed.look(id, text => told.push(text));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^The signed decision in bob\.token waits\. The clock of this machine shows/);
  expect(run.keeper.state.approvals[id]!.status).toBe('pending');
  clock.mockRestore();
  await run.signed.look(id, text => told.push(text));
  expect(told).toHaveLength(1);
  expect(await answer).toMatchObject({ by: { username: 'bob' } });
});
