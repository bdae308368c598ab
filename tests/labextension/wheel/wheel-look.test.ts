// The bar about the driver: for whoever drives, whoever watches, and before production begins.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { Person } from '../../../contract/base/person.js';
import type { Session } from '../../../labextension/tokens.js';
import { wheelLook } from '../../../labextension/wheel/wheel-look.js';
import { ENGLISH } from '../english.js';
import { ANN, opened, RUN, stateOf, timeOf } from '../journal-of.js';

const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };
const LIVE = opened({ ...RUN, mode: 'live' });
const DRIVES: RecordBody = { kind: 'driver-changed', by: ANN, client: 'page-1', how: 'first', reason: '' };
const ASKS: RecordBody = { kind: 'wheel-asked', wheel: 'w1', by: BOB, client: 'page-2' };

const CLEO: Person = { username: 'cleo', name: 'Cleo Fox', grade: 'claimed' };
const OFFERS: RecordBody = { kind: 'wheel-offered', wheel: 'w2', by: ANN, to: BOB };

function sessionOf(
  you: Person | null,
  client: string,
  awaitedName: Session['awaitedName'] = null,
  present: readonly Person[] = []
): Session {
  const known = {
    driverVanishedMs: 900_000,
    isProduction: true,
    colour: null,
    withdrawnQuestion: null,
    refusal: null
  };
  return { ...known, you, client, present, awaitedName };
}

const AT = { now: Date.parse(timeOf(60)) };

describe('the bar', () => {
  test('is not there for the driver, in another mode, or before anybody drives', () => {
    expect(wheelLook(stateOf(LIVE, DRIVES), sessionOf(ANN, 'page-1'), ENGLISH, AT)).toBeNull();
    expect(wheelLook(stateOf(LIVE, DRIVES), sessionOf(ANN, 'page-9'), ENGLISH, AT)).toBeNull();
    expect(wheelLook(stateOf(LIVE), sessionOf(BOB, 'page-2'), ENGLISH, AT)).toBeNull();
    expect(wheelLook(stateOf(opened(), DRIVES), sessionOf(BOB, 'page-2'), ENGLISH, AT)).toBeNull();
  });

  test('tells a watcher who drives, and lets them ask', () => {
    const look = wheelLook(stateOf(LIVE, DRIVES), sessionOf(BOB, 'page-2'), ENGLISH, AT);
    expect(look).toMatchObject({
      kind: 'watching',
      text: 'Ann Lee (claimed) has driven this run since 08:00:02 UTC; only the driver runs steps.'
    });
    expect(look?.actions.map(({ action }) => action)).toEqual(['ask', 'take-over']);
  });

  test('tells a watcher that their page does not save, also after they asked', () => {
    const textOf = (...more: RecordBody[]) =>
      wheelLook(stateOf(LIVE, DRIVES, ...more), sessionOf(BOB, 'page-2'), ENGLISH, { isSaved: false })?.text;
    expect(textOf()).toContain('This page does not save the notebook; that of the driver does.');
    expect(textOf(ASKS)).toContain('This page does not save the notebook; that of the driver does.');
  });

  test('tells whoever asked that the driver keeps the wheel, and lets them ask again', () => {
    const kept = { by: ANN, at: timeOf(4), reason: '' };
    const look = wheelLook(stateOf(LIVE, DRIVES), sessionOf(BOB, 'page-2'), ENGLISH, { ...AT, kept });
    expect(look?.text).toBe(
      'Ann Lee (claimed) keeps the wheel, as they said at 08:00:04 UTC; only the driver runs steps.'
    );
    expect(look?.actions.map(({ action }) => action)).toEqual(['ask', 'take-over']);
    const why = wheelLook(stateOf(LIVE, DRIVES), sessionOf(BOB, 'page-2'), ENGLISH, {
      ...AT,
      kept: { ...kept, reason: 'One step is left.' }
    });
    expect(why?.text).toContain('as they said at 08:00:04 UTC: One step is left. Only the driver');
  });

  test('does not let them ask twice', () => {
    const look = wheelLook(stateOf(LIVE, DRIVES, ASKS), sessionOf(BOB, 'page-2'), ENGLISH, AT);
    expect(look?.text).toBe('You asked Ann Lee (claimed) for the wheel at 08:00:03 UTC.');
    expect(look?.actions.map(({ action }) => action)).toEqual(['take-over']);
  });

  test('tells the driver who asks, and lets them hand over or keep it', () => {
    const look = wheelLook(stateOf(LIVE, DRIVES, ASKS), sessionOf(ANN, 'page-1'), ENGLISH, AT);
    expect(look).toMatchObject({ kind: 'asked', title: 'Bob Ray asks for the wheel' });
    expect(look?.actions.map(({ action }) => action)).toEqual(['hand-over', 'refuse']);
  });

  test('tells the driver who looks on, and lets them offer the wheel to one of them', () => {
    const alone = sessionOf(ANN, 'page-1', null, [ANN]);
    expect(wheelLook(stateOf(LIVE, DRIVES), alone, ENGLISH, AT)).toBeNull();
    const one = wheelLook(stateOf(LIVE, DRIVES), sessionOf(ANN, 'page-1', null, [ANN, BOB]), ENGLISH, AT);
    expect(one).toMatchObject({ kind: 'driving', text: 'Bob Ray is watching.' });
    expect(one?.actions).toEqual([{ action: 'offer', label: 'Offer Bob Ray the wheel', isPrimary: false }]);
    const two = wheelLook(
      stateOf(LIVE, DRIVES),
      sessionOf(ANN, 'page-1', null, [CLEO, ANN, BOB]),
      ENGLISH,
      AT
    );
    expect(two?.text).toBe('2 people are watching: Bob Ray, Cleo Fox.');
    expect(two?.watchers.map(({ username }) => username)).toEqual(['bob', 'cleo']);
  });

  test('lets the driver take an offer back, and whoever it was made to accept or decline', () => {
    const offered = stateOf(LIVE, DRIVES, OFFERS);
    const driver = wheelLook(offered, sessionOf(ANN, 'page-1', null, [ANN, BOB]), ENGLISH, AT);
    expect(driver?.text).toBe('You offered Bob Ray the wheel at 08:00:03 UTC. You drive until they accept.');
    expect(driver?.actions.map(({ action }) => action)).toEqual(['take-back']);
    const taker = wheelLook(offered, sessionOf(BOB, 'page-2'), ENGLISH, AT);
    expect(taker).toMatchObject({ kind: 'offered', title: 'Ann Lee offers you the wheel' });
    expect(taker?.actions.map(({ action }) => action)).toEqual(['accept', 'decline']);
    const other = wheelLook(offered, sessionOf(CLEO, 'page-3'), ENGLISH, AT);
    expect(other).toMatchObject({ kind: 'watching' });
  });

  test('shows the driver who asks before what was offered', () => {
    const look = wheelLook(stateOf(LIVE, DRIVES, OFFERS, ASKS), sessionOf(ANN, 'page-1'), ENGLISH, AT);
    expect(look?.kind).toBe('asked');
  });

  test('asks for the name of a production environment before anything else, and nobody but who runs the step', () => {
    const awaited = { environment: 'production', by: ANN };
    expect(wheelLook(stateOf(LIVE), sessionOf(ANN, 'page-1', awaited), ENGLISH)).toMatchObject({
      kind: 'guard',
      environment: 'production'
    });
    expect(wheelLook(stateOf(LIVE), sessionOf(BOB, 'page-2', awaited), ENGLISH)).toMatchObject({
      kind: 'guard',
      text: 'Ann Lee begins the run, and has to type the name of the environment first.',
      environment: ''
    });
  });
});
