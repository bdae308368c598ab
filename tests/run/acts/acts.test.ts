// The acts themselves, whichever door they are asked for at: what they take, who may, and that what only looks changes nothing.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ActName } from '../../../contract/comms/acts.js';
import type { ActAnswer } from '../../../run/acts/act.js';
import { ACTS } from '../../../run/acts/acts.js';
import { askFor } from '../../../run/acts/ask-for.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';
import { ACT_NAMES, SAMPLE_ACTS } from './sample-acts.js';

const DRIVER = { session: 'session-1' };
const WATCHER = { session: 'session-2' };

let run: SampleRun;
beforeEach(async () => {
  run = makeSampleRun();
  run.people.introduce('session-1', { username: 'ann', name: 'Ann Lee' });
  run.people.introduce('session-2', { username: 'bob', name: 'Bob Ray' });
  const { cell } = await run.admit('look');
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
});
afterEach(() => run.end());

const ask = (name: ActName, params: object, client = DRIVER): Promise<ActAnswer> =>
  askFor(run.acts, name, params, { client });
const codeOf = (done: Promise<unknown>): Promise<string | null> =>
  done.then(
    () => null,
    (error: { code: string }) => error.code
  );

const ofDriver = ACT_NAMES.filter(name => ACTS[name].who === 'driver');
const looking = ACT_NAMES.filter(name => ACTS[name].who === 'everybody');

test.each(ACT_NAMES)('%s is carried out for the driver', async name => {
  const { params, ends } = SAMPLE_ACTS[name];
  expect(await codeOf(ask(name, params))).toBe(ends);
});

describe('a watcher', () => {
  test.each(ofDriver)('is refused %s, and nothing is recorded', async name => {
    const before = run.journal.records.length;
    expect(await codeOf(ask(name, SAMPLE_ACTS[name].params, WATCHER))).toBe('driver.not_you');
    expect(run.journal.records).toHaveLength(before);
  });

  test.each(looking)('is answered %s like the driver, and nothing is recorded', async name => {
    const before = run.journal.records.length;
    expect(await codeOf(ask(name, SAMPLE_ACTS[name].params, WATCHER))).toBe(SAMPLE_ACTS[name].ends);
    expect(run.journal.records).toHaveLength(before);
  });

  test('may do what the rules of the act allow', async () => {
    expect(await codeOf(ask('ask-wheel', {}, WATCHER))).toBeNull();
    expect(run.keeper.state.wheel).toMatchObject({ by: { username: 'bob' } });
  });
});

test('whoever has read on disk what is asked is answered, although its write has not returned yet', async () => {
  const running = await run.admit('ask');
  const { append } = run.journal;
  const isBack = Promise.withResolvers<void>();
  run.journal.append = async body => {
    const record = await append.call(run.journal, body);
    await isBack.promise;
    return record;
  };
  const params = { name: 'Go', question: '?', approvers: [], evidence: [], timeoutMs: null };
  const released = run.approvals.ask(running, params, new AbortController().signal, () => undefined);
  while (!run.journal.text.includes('approval-requested')) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  const [request] = run.journal.records.flatMap(record =>
    record.kind === 'approval-requested' ? record : []
  );
  const { approval, content } = request!;
  const decided = codeOf(ask('decide', { approval, content, decision: 'approved', comment: '' }, WATCHER));
  await new Promise(resolve => setTimeout(resolve, 50));
  isBack.resolve();
  expect(await decided).toBeNull();
  expect(await released).toMatchObject({ by: { username: 'bob' } });
});

test('the acts of going on and of going back are for whoever may execute', () => {
  expect(ofDriver).toEqual(
    expect.arrayContaining(['resume', 'discard', 'judge', 'skip', 'roll-back', 'release-phase'])
  );
  expect(looking).toEqual(expect.arrayContaining(['plan-resume', 'plan-rollback']));
});

describe('parameters', () => {
  test.each<[ActName, object]>([
    ['decide', { ...SAMPLE_ACTS.decide.params, comment: undefined }],
    ['tick', { checklist: 'c', item: '0', ticked: true }],
    ['resume', { texts: { a: 1 } }],
    ['discard', { reason: 'r' }],
    ['roll-back', { to: { checkpoint: 'c', step: null } }],
    ['roll-back', { to: { checkpoint: 'c', step: 's' }, reason: 'r' }],
    ['roll-back', { to: { step: 's' }, reason: 'r' }],
    ['plan-rollback', { to: null }]
  ])('of %s as %j are refused before anything is done', async (name, params) => {
    const before = run.journal.records.length;
    expect(await codeOf(ask(name, params))).toBe('act.malformed');
    expect(run.journal.records).toHaveLength(before);
  });

  test.each(ACT_NAMES.filter(name => Object.keys(ACTS[name].takes).length > 0))(
    'of %s are named when none is given, unless they may be absent',
    async name => {
      const mayBeAbsent = Object.values(ACTS[name].takes).every(fits => fits(undefined));
      expect((await codeOf(ask(name, {}))) === 'act.malformed').toBe(!mayBeAbsent);
    }
  );

  test('that the act does not take go no further', async () => {
    await ask('skip', { step: 'ship', reason: 'done by hand', by: { username: 'eve' }, kind: 'note' });
    expect(run.journal.records.at(-1)).toMatchObject({ kind: 'step-skipped', by: { username: 'ann' } });
  });
});

test('what needs the executor for itself is refused while something else goes on', async () => {
  let codes: (string | null)[] = [];
  await run.acts.lane.queue('A cell', async () => {
    codes = [
      await codeOf(ask('resume', {})),
      await codeOf(ask('discard', SAMPLE_ACTS.discard.params)),
      await codeOf(ask('roll-back', SAMPLE_ACTS['roll-back'].params)),
      await codeOf(ask('plan-resume', {}))
    ];
  });
  expect(codes).toEqual(['run.busy', 'run.busy', 'run.busy', null]);
});
