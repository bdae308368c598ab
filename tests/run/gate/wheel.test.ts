import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Wheel } from '../../../run/gate/wheel.js';
import { CELLS, makeSampleRun, RUN, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
  run.people.introduce('ann-session', { username: 'ann', name: 'Ann Lee' }, 'page-1');
  run.people.introduce('bob-session', { username: 'bob', name: 'Bob Ray' }, 'page-2');
});
afterEach(() => run.end());

const ANN = { session: 'ann-session' };
const BOB = { session: 'bob-session' };
const execute = (from: { session: string }, other: object = {}) =>
  run.gate.admit(run.cellOf('look', undefined, { ...from, ...other }));
const open = (page: string, { session }: { session: string }) => run.presence.seen(page, session);
const driver = () => run.keeper.state.driver;

describe('in a live run', () => {
  test('whoever runs the first step drives; others are refused with the name and the way to ask', async () => {
    expect((await execute(ANN)).refusal).toBeNull();
    expect(driver()).toMatchObject({ person: { username: 'ann' }, client: 'page-1', how: 'first' });
    const { refusal } = await execute(BOB);
    expect(refusal?.record).toMatchObject({
      code: 'driver.not_you',
      message: expect.stringMatching(/^Ann Lee has driven this run since .*; nothing of Bob Ray was run/),
      hint: expect.stringContaining('Ask for the wheel')
    });
    expect(run.keeper.state.steps['look']?.attempts).toHaveLength(1);
  });

  test('of 1,000 requests of others among those of the driver none is executed, silent ones neither', async () => {
    await execute(ANN);
    const refused: string[] = [];
    for (let turn = 0; turn < 1000; turn++) {
      const { refusal } = await execute(BOB, { isSilent: turn % 3 === 0, username: turn % 2 ? 'ann' : '' });
      refused.push(refusal?.record.code ?? 'executed');
      if (turn % 10 === 0) {
        expect((await execute(ANN)).refusal).toBeNull();
      }
    }
    expect(new Set(refused)).toEqual(new Set(['driver.not_you']));
    const executed = run.journal.records.filter(record => record.kind === 'attempt-started');
    expect(executed).toHaveLength(101);
    expect(executed.every(record => record.kind === 'attempt-started' && record.by.username === 'ann')).toBe(
      true
    );
  });

  test('the driver goes on after a reload of the page, and in another window of the same person', async () => {
    await execute(ANN);
    run.people.introduce('reloaded', { username: 'ann', name: 'Ann Lee' }, 'page-3');
    expect((await execute({ session: 'reloaded' })).refusal).toBeNull();
  });

  test('a client that says nothing is known by the user name of its requests', async () => {
    expect((await execute({ session: 'console' }, { username: 'cleo' })).refusal).toBeNull();
    expect(driver()).toMatchObject({ person: { username: 'cleo' }, client: 'console' });
    expect((await execute({ session: 'other' }, { username: 'dan' })).refusal?.record.code).toBe(
      'driver.not_you'
    );
  });

  test('the wheel goes on when both agree, and both are in the journal', async () => {
    await execute(ANN);
    await run.wheel.ask(BOB);
    const { wheel } = run.keeper.state;
    await expect(run.wheel.ask(BOB)).rejects.toMatchObject({ code: 'driver.asked_already' });
    await expect(run.wheel.answer(BOB, wheel!.id, true, '')).rejects.toMatchObject({
      code: 'driver.not_you'
    });
    await run.wheel.answer(ANN, wheel!.id, true, '');
    expect(run.journal.records.at(-1)).toMatchObject({
      kind: 'driver-changed',
      how: 'handed-over',
      by: { username: 'bob' },
      agreedBy: { username: 'ann' }
    });
    expect((await execute(BOB)).refusal).toBeNull();
    expect((await execute(ANN)).refusal?.record.code).toBe('driver.not_you');
  });

  test('the driver may keep the wheel, and an old request cannot be answered later', async () => {
    await execute(ANN);
    await run.wheel.ask(BOB);
    const { id } = run.keeper.state.wheel!;
    await run.wheel.answer(ANN, id, false, 'In a minute');
    expect(driver()?.person.username).toBe('ann');
    await expect(run.wheel.answer(ANN, id, true, '')).rejects.toMatchObject({ code: 'driver.not_asked' });
  });

  test('an offer changes nothing before it is accepted, and both acts are in the journal', async () => {
    await execute(ANN);
    open('page-2', BOB);
    await run.wheel.offer(ANN, 'bob');
    const { offer } = run.keeper.state;
    expect(offer).toMatchObject({ by: { username: 'ann' }, to: { username: 'bob', name: 'Bob Ray' } });
    expect((await execute(BOB)).refusal?.record.code).toBe('driver.not_you');
    expect((await execute(ANN)).refusal).toBeNull();
    await run.wheel.settleOffer(BOB, offer!.id, true, '');
    expect(run.journal.records.slice(-1)[0]).toMatchObject({
      kind: 'driver-changed',
      how: 'handed-over',
      by: { username: 'bob' },
      client: 'page-2',
      agreedBy: { username: 'ann' }
    });
    expect((await execute(BOB)).refusal).toBeNull();
    expect((await execute(ANN)).refusal?.record.code).toBe('driver.not_you');
    expect(run.keeper.state.offer).toBeNull();
  });

  test('an offer is taken back by the driver or declined by the watcher, and cannot be accepted later', async () => {
    await execute(ANN);
    open('page-2', BOB);
    for (const [session, how] of [
      [ANN, 'taken-back'],
      [BOB, 'declined']
    ] as const) {
      await run.wheel.offer(ANN, 'bob');
      const { id } = run.keeper.state.offer!;
      await run.wheel.settleOffer(session, id, false, 'Later');
      expect(run.journal.records.at(-1)).toMatchObject({ kind: 'wheel-offer-ended', how, reason: 'Later' });
      await expect(run.wheel.settleOffer(BOB, id, true, '')).rejects.toMatchObject({
        code: 'driver.not_offered'
      });
    }
    expect(driver()?.person.username).toBe('ann');
  });

  test('only the driver offers, one at a time, to somebody whose page is open; only that person accepts', async () => {
    await expect(run.wheel.offer(ANN, 'bob')).rejects.toMatchObject({ code: 'driver.nobody' });
    await execute(ANN);
    await expect(run.wheel.offer(ANN, 'bob')).rejects.toMatchObject({ code: 'driver.not_present' });
    open('page-1', ANN);
    open('page-2', BOB);
    await expect(run.wheel.offer(ANN, 'ann')).rejects.toMatchObject({ code: 'driver.drives_already' });
    await expect(run.wheel.offer(BOB, 'bob')).rejects.toMatchObject({ code: 'driver.not_you' });
    await run.wheel.offer(ANN, 'bob');
    await expect(run.wheel.offer(ANN, 'bob')).rejects.toMatchObject({ code: 'driver.offered_already' });
    const { id } = run.keeper.state.offer!;
    run.people.introduce('cleo-session', { username: 'cleo', name: 'Cleo Fox' }, 'page-3');
    const cleo = { session: 'cleo-session' };
    for (const [session, accepted] of [
      [ANN, true],
      [cleo, true],
      [cleo, false]
    ] as const) {
      await expect(run.wheel.settleOffer(session, id, accepted, '')).rejects.toMatchObject({
        code: 'driver.offered_to_other'
      });
    }
    expect(run.keeper.state.offer?.id).toBe(id);
  });

  test('an offer ends when the wheel goes to who asked for it', async () => {
    await execute(ANN);
    open('page-2', BOB);
    run.people.introduce('cleo-session', { username: 'cleo', name: 'Cleo Fox' }, 'page-3');
    await run.wheel.offer(ANN, 'bob');
    const { id } = run.keeper.state.offer!;
    await run.wheel.ask({ session: 'cleo-session' });
    await run.wheel.answer(ANN, run.keeper.state.wheel!.id, true, '');
    await expect(run.wheel.settleOffer(BOB, id, true, '')).rejects.toMatchObject({
      code: 'driver.not_offered'
    });
    expect(driver()?.person.username).toBe('cleo');
  });

  test('a driver who has vanished can be replaced after the stated time, with a reason', async () => {
    let nowMs = 0;
    const gone: string[] = [];
    const wheel = new Wheel({
      keeper: run.keeper,
      people: run.people,
      run: () => RUN,
      vanishedMs: () => 60_000,
      present: () => [],
      vanished: username => gone.push(username),
      hasJournal: () => true,
      now: () => nowMs
    });
    await wheel.takeFirst(ANN);
    nowMs = 50_000;
    wheel.seen(BOB);
    await expect(wheel.replace(BOB, 'Gone')).rejects.toMatchObject({
      code: 'driver.not_vanished',
      message: expect.stringContaining('in 10.0 s')
    });
    wheel.seen(ANN);
    nowMs = 100_000;
    await expect(wheel.replace(BOB, 'Gone')).rejects.toMatchObject({ code: 'driver.not_vanished' });
    nowMs = 110_000;
    await expect(wheel.replace(BOB, ' ')).rejects.toMatchObject({ code: 'driver.no_reason' });
    expect(gone).toEqual([]);
    await wheel.replace(BOB, 'Her train is in a tunnel');
    expect(gone).toEqual(['ann']);
    expect(driver()).toMatchObject({
      person: { username: 'bob' },
      how: 'replaced',
      reason: 'Her train is in a tunnel'
    });
  });
});

test('in a rehearsal and in a scratch notebook everybody may execute', async () => {
  for (const info of [{ ...RUN, mode: 'rehearsal' as const }, null]) {
    const other = makeSampleRun(CELLS, info);
    for (const session of ['one', 'two']) {
      const cell = other.cellOf('look', undefined, { session, username: session });
      expect((await other.gate.admit(cell)).refusal).toBeNull();
    }
    expect(other.keeper.state.driver).toBeNull();
    other.end();
  }
});
