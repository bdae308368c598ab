// The order of steps at the gate: kept, noted, free; a reason lets one attempt begin out of order, and is in its record.
import { afterEach, expect, test } from '@jest/globals';
import type { RunMode } from '../../../contract/base/run.js';
import type { OrderRule } from '../../../contract/holds/policy.js';
import { askFor } from '../../../run/acts/ask-for.js';
import { POLICY, RUN, makeSampleRun, type SampleCell, type SampleRun } from '../sample-run.js';

const CELLS: readonly SampleCell[] = [
  { id: 'deployment', cell_type: 'markdown', source: '## Deploy' },
  { id: 'one', cell_type: 'code', source: '// One\n1' },
  { id: 'two', cell_type: 'code', source: '// Two\n2' },
  { id: 'people', cell_type: 'markdown', source: '## People' },
  { id: 'three', cell_type: 'code', source: '// Three\n3' },
  { id: 'four', cell_type: 'code', source: '// Four\n4' },
  { id: 'undo', cell_type: 'markdown', source: '## Roll back', metadata: { tags: ['optional'] } },
  { id: 'back', cell_type: 'code', source: '// Back\n5' },
  { id: 'closing', cell_type: 'markdown', source: '## Closing' },
  { id: 'close', cell_type: 'code', source: '// Close\n6' }
];

let opened: SampleRun | null = null;
afterEach(() => opened?.end());

function open(order: OrderRule | null, mode: RunMode = 'live'): SampleRun {
  // A policy that does not say what holds is that of a kernel that could not read launchbook.yml.
  opened = makeSampleRun(CELLS, { ...RUN, mode }, { policy: { ...POLICY, order } as typeof POLICY });
  return opened;
}

const settle = async (run: SampleRun, step: string, isOk = true): Promise<void> => {
  const { cell } = await run.admit(step);
  const record = { name: 'X', code: 'shell.failed', message: 'm' };
  await run.gate.settle(cell, {
    status: isOk ? 'ok' : 'error',
    startedAt: '',
    ...(isOk ? {} : { error: { ename: 'X', evalue: 'm', traceback: [], record } })
  });
};
const refusalOf = async (run: SampleRun, step: string, code?: string) =>
  (await run.gate.admit(run.cellOf(step, code))).refusal;
const waive = (run: SampleRun, step: string, reason = 'the shop is down') =>
  askFor(run.acts, 'run-out-of-order', { step, reason }, { client: { session: 'session-1', username: '' } });
const attemptOf = (run: SampleRun, step: string) => run.keeper.state.steps[step]?.attempts.at(-1);

test('where it is kept, a step is refused with the steps that are open before it and how to go on', async () => {
  const run = open('kept');
  await settle(run, 'one', false);
  const refusal = await refusalOf(run, 'close');
  expect(refusal?.record).toMatchObject({
    name: 'StepOutOfOrderError',
    code: 'order.kept',
    message:
      'This step is out of order: 4 steps before it are not done: “One” (Deploy), “Two” (Deploy), “Three” (People) and 1 more step. Nothing of the cell has run.',
    hint: expect.stringContaining(
      '%skip STEP REASON. To run this step all the same, give a reason: %out-of-order "Close" REASON'
    )
  });
  expect((await refusalOf(run, 'two'))?.record.message).toContain(
    '1 step before it is not done: “One” (Deploy).'
  );
  expect(run.keeper.state.steps).toEqual({ one: expect.anything() });
});

test('where it is kept, what was sent in order runs in order: each step is looked at when it begins', async () => {
  const run = open('kept');
  for (const step of ['one', 'two', 'three', 'four', 'close']) {
    await settle(run, step);
  }
  expect(attemptOf(run, 'close')).not.toHaveProperty('outOfOrder');
  await settle(run, 'two'); // what is done may be run again, although what follows is stale then
  await settle(run, 'close');
});

test('optional steps, consoles, line commands and the cell that goes back have no place in it', async () => {
  const run = open('kept');
  await settle(run, 'back');
  expect(await refusalOf(run, 'close', 'await rollback.run()')).toBeNull();
  expect((await run.gate.admit(run.cellOf(null, '1 + 1'))).refusal).toBeNull();
  expect((await run.gate.admit(run.cellOf(null, '%skip two by hand'))).refusal).toBeNull();
  expect(attemptOf(run, 'back')).not.toHaveProperty('outOfOrder');
});

test('a reason lets one attempt begin, and stands in its record with who gave it and what was open', async () => {
  const run = open('kept');
  await settle(run, 'one');
  await waive(run, 'three');
  await settle(run, 'three', false);
  const { outOfOrder, by } = attemptOf(run, 'three')!;
  expect(outOfOrder).toEqual({ open: ['two'], waived: { by, reason: 'the shop is down' } });
  expect(run.keeper.state.orderWaivers).toEqual({});
  expect((await refusalOf(run, 'three'))?.record.code).toBe('order.kept');
});

test('a reason covers what was open when it was given, and nothing that was opened since', async () => {
  const run = open('kept');
  await settle(run, 'one');
  await waive(run, 'three');
  await run.keeper.append({ kind: 'recovery-discarded', from: 'one', by: RUN.createdBy, reason: 'new data' });
  expect((await refusalOf(run, 'three'))?.record.message).toContain('2 steps before it');
  await waive(run, 'three');
  await settle(run, 'one');
  await settle(run, 'three');
  expect(attemptOf(run, 'three')?.outOfOrder?.open).toEqual(['two']);
});

test('a page whose open document lacks the open steps, or calls them optional, hides nothing', async () => {
  const run = open('kept');
  const outline = run.outline.current();
  run.announce({ ...outline, phases: outline.phases.slice(-1) });
  expect((await refusalOf(run, 'close'))?.record.code).toBe('order.kept');
  const steps = (each: (typeof outline.phases)[number]) =>
    each.steps.map(step => ({ ...step, isOptional: true as const }));
  run.announce({ ...outline, phases: outline.phases.map(each => ({ ...each, steps: steps(each) })) });
  expect((await refusalOf(run, 'close'))?.record.code).toBe('order.kept');
});

const WITHOUT_TWO = CELLS.filter(({ id }) => id !== 'two');
const TWO = CELLS.find(({ id }) => id === 'two')!;
const OPTIONAL_TWO = CELLS.map(cell => (cell === TWO ? { ...cell, metadata: { tags: ['optional'] } } : cell));

test.each<[string, readonly SampleCell[], string]>([
  ['deleted', WITHOUT_TWO, '“Two” (Deploy, deleted)'],
  ['moved to the end', [...WITHOUT_TWO, TWO], '“Two” (Deploy, moved)'],
  ['tagged as optional', OPTIONAL_TWO, '“Two” (Deploy, marked optional)']
])(
  'a step that was %s in the saved notebook after the run began is as open as before',
  async (_how, cells, name) => {
    const run = open('kept');
    await settle(run, 'one');
    run.save(cells);
    expect((await refusalOf(run, 'three'))?.record.message).toContain(
      `1 step before it is not done: ${name}.`
    );
    await waive(run, 'three');
    await settle(run, 'three');
    expect(attemptOf(run, 'three')?.outOfOrder).toMatchObject({ open: ['two'], waived: {} });
    expect((await refusalOf(run, 'four'))?.record.code).toBe('order.kept');
    // It is left out like any other, by its name.
    await run.commands.carryOut(run.cellOf(null, '%skip Two done by hand'));
    expect(run.keeper.state.steps['two']?.status).toBe('skipped');
    await settle(run, 'four');
    expect(attemptOf(run, 'four')).not.toHaveProperty('outOfOrder');
  }
);

test('a hold point that was deleted is left out against the policy alone, with a reason', async () => {
  const hold: SampleCell = { id: 'hold', cell_type: 'code', source: "await approval('Go')" };
  opened = makeSampleRun([...CELLS.slice(0, 2), hold, ...CELLS.slice(2)], RUN, {
    policy: { ...POLICY, order: 'kept' }
  });
  await settle(opened, 'one');
  opened.save(CELLS);
  expect((await refusalOf(opened, 'two'))?.record.message).toContain('(Deploy, deleted)');
  await expect(
    askFor(opened.acts, 'skip', { step: 'hold', reason: 'no' }, { client: opened.cellOf(null) })
  ).rejects.toMatchObject({ code: 'hold.no_reason' });
});

test('a cell that is put in and deleted again leaves nothing open', async () => {
  const run = open('kept');
  await settle(run, 'one');
  run.save([...CELLS.slice(0, 2), { id: 'new', cell_type: 'code', source: '// New' }, ...CELLS.slice(2)]);
  expect((await refusalOf(run, 'two'))?.record.message).toContain('“New” (Deploy, added)');
  run.save(CELLS);
  await settle(run, 'two');
});

test('where it is noted, a step runs, and its record says what was open; where it is free, nothing is said', async () => {
  const noted = open('noted');
  await settle(noted, 'three');
  expect(attemptOf(noted, 'three')?.outOfOrder).toEqual({ open: ['one', 'two'] });
  noted.end();
  const free = open('free');
  await settle(free, 'three');
  expect(attemptOf(free, 'three')).not.toHaveProperty('outOfOrder');
});

test.each<[string, OrderRule | null, RunMode, string | undefined]>([
  ['a dry run of an environment that keeps it is noted', 'kept', 'dry-run', undefined],
  ['a rehearsal in an environment that keeps it is kept', 'kept', 'rehearsal', 'order.kept'],
  ['a live run of which nobody knows is kept', null, 'live', 'order.kept'],
  ['a rehearsal of which nobody knows is noted', null, 'rehearsal', undefined]
])('%s', async (_name, order, mode, code) => {
  expect((await refusalOf(open(order, mode), 'three'))?.record.code).toBe(code);
});

test.each([
  ['three', ' ', 'reason.missing'],
  ['nowhere', 'why', 'order.unknown'],
  ['one', 'why', 'order.not_needed'],
  ['back', 'why', 'order.not_needed']
])('a reason for %s is refused when it is %j: %s', async (step, reason, code) => {
  await expect(waive(open('kept'), step, reason)).rejects.toMatchObject({ code });
});
