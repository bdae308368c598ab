// The door of line commands: each reaches its act, whoever may not ask is refused at the gate, and what is told stands under the cell.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ACTS } from '../../../run/acts/acts.js';
import { readLine } from '../../../run/line-commands/read-line.js';
import type { Cell } from '../../../run/ports.js';
import { SAMPLE_ACTS } from '../acts/sample-acts.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(async () => {
  run = makeSampleRun();
  run.people.introduce('session-1', { username: 'ann', name: 'Ann Lee' });
  run.people.introduce('session-2', { username: 'bob', name: 'Bob Ray' });
  const { cell } = await run.admit('look');
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
});
afterEach(() => run.end());

const line = (code: string, session = 'session-1'): Cell => run.cellOf(null, code, { session });
const toldUnder = ({ key }: Cell): string =>
  run.published
    .filter(each => each.key === key)
    .map(({ output }) => (output.kind === 'stream' ? output.text : ''))
    .join('');

const SAMPLE_LINES = [
  '%resume',
  '%resume --plan',
  '%discard --all new data',
  '%skip ship done by hand',
  '%release deploy no time left',
  '%judge e passed seen',
  '%rewind half too slow',
  '%rewind --plan half',
  '%rollback --all too slow',
  '%rollback --plan',
  '%rollback --to-checkpoint half too slow',
  '%rollback --plan --to-checkpoint half'
];

const actsOf = (code: string) => readLine(code, run.outline.current());

test.each(SAMPLE_LINES)('%s reaches its acts, and ends as they do', async code => {
  const ends = actsOf(code).map(({ act }) => SAMPLE_ACTS[act].ends);
  expect(await run.gate.admit(line(code))).toEqual({ refusal: null });
  const { error } = await run.commands.carryOut(line(code));
  const end = code.includes('half') ? 'rollback.unknown' : ends.find(each => each !== null);
  expect(error?.record.code ?? null).toBe(end ?? null);
});

describe('of a watcher', () => {
  const onlyLooks = (code: string): boolean => actsOf(code).every(({ act }) => ACTS[act].who === 'everybody');

  test.each(SAMPLE_LINES)('%s is let in when it only looks, and records nothing', async code => {
    const before = run.journal.records.length;
    const { refusal } = await run.gate.admit(line(code, 'session-2'));
    expect(refusal?.record.code ?? null).toBe(onlyLooks(code) ? null : 'driver.not_you');
    // The wheel may have gone to somebody else since the gate: the act looks again.
    const { error } = await run.commands.carryOut(line(code, 'session-2'));
    expect(error?.record.code === 'driver.not_you').toBe(!onlyLooks(code));
    expect(run.journal.records).toHaveLength(before);
  });

  test('%resume --plan shows the plan', async () => {
    const cell = line('%resume --plan', 'session-2');
    expect(await run.commands.carryOut(cell)).toMatchObject({ status: 'ok' });
    expect(toldUnder(cell)).toMatch(/^Resume: 0 to replay.*\nNext: |^Resume: /s);
  });
});

test('a malformed command of the driver is let in, to be told what was expected; it is not what only looks', async () => {
  const cell = line('%skip');
  expect((await run.gate.admit(line('%skip', 'session-2'))).refusal?.record.code).toBe('driver.not_you');
  expect(await run.gate.admit(cell)).toEqual({ refusal: null });
  const { error } = await run.commands.carryOut(cell);
  expect(error?.record).toMatchObject({
    code: 'command.malformed',
    message: expect.stringMatching(/expected %skip STEP REASON/)
  });
});

test('a judgement without a reason is refused', async () => {
  const { cell } = await run.admit('look');
  await run.keeper.append({
    kind: 'effect-started',
    effect: 'look:2:effect-1',
    step: 'look',
    attempt: 2,
    helper: 'shell',
    label: 'fleetctl deploy',
    request: null
  });
  await run.gate.settle(cell, { status: 'error', startedAt: '' });
  const { error } = await run.commands.carryOut(line('%judge look:2:effect-1 passed'));
  expect(error?.record).toMatchObject({
    code: 'reason.missing',
    message: 'A judgement needs a reason: it stays in the record of the run.'
  });
});

test('what a resume brings back is told step by step, and what comes next', async () => {
  await run.losses.note('died');
  const cell = line('%resume');
  expect(await run.commands.carryOut(cell)).toMatchObject({ status: 'ok' });
  expect(toldUnder(cell)).toMatch(
    /^replay 1 of 1 {2}1 \+ 1\nThe variables of 1 step are back, in .*\. Next: /
  );
  const again = line('%resume');
  await run.commands.carryOut(again);
  expect(toldUnder(again)).toMatch(/^Nothing was lost, so there was nothing to bring back\. Next: /);
});

test.each([
  ['%skip ship done by hand', '“ship” is left out: done by hand\n'],
  ['%discard look new data', '“look” and what follows will be run again from the start.\n'],
  ['%discard --all new data', 'Every step will be run again from the start.\n']
])('%s says what was done', async (code, told) => {
  const cell = line(code);
  expect(await run.commands.carryOut(cell)).toMatchObject({ status: 'ok' });
  expect(toldUnder(cell)).toBe(told);
});
