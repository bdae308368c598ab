// What the banner of a run says.
import { expect, test } from '@jest/globals';
import { emptyRunState } from '../../../contract/state/state.js';
import { bannerLook } from '../../../labextension/guard/banner-look.js';
import { ENGLISH } from '../english.js';
import { runInfo } from './run-info.js';

const PRODUCTION = { isProduction: true, colour: 'red' };

test('a scratch notebook has none', () => {
  expect(bannerLook(null, emptyRunState(), PRODUCTION, ENGLISH)).toBeNull();
});

test('a live run in production is a danger, and its colour is that of launchbook.yml', () => {
  expect(bannerLook(runInfo(), emptyRunState(), PRODUCTION, ENGLISH)).toEqual({
    tone: 'danger',
    colour: 'red',
    environment: 'production',
    mode: 'live',
    modeText: 'live in production: everything is real',
    release: '2.4.0',
    driver: '',
    broken: '',
    weakened: '',
    kernel: ''
  });
});

test('a live run of which no kernel has said where it acts is not taken for harmless', () => {
  const unknown = { isProduction: null, colour: null };
  expect(bannerLook(runInfo(), emptyRunState(), unknown, ENGLISH)?.tone).toBe('open');
});

test.each(['rehearsal', 'dry-run'] as const)('a %s is calm', mode => {
  expect(bannerLook(runInfo({ mode }), emptyRunState(), PRODUCTION, ENGLISH)?.tone).toBe('calm');
});

test('it names the driver with the grade of the identity, and since when', () => {
  const person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' as const };
  const state = {
    ...emptyRunState(),
    driver: { person, client: 'a', since: '2026-11-24T09:30:00.000Z', how: 'first' as const, reason: '' }
  };
  const driverAt = (now: string): string | undefined =>
    bannerLook(runInfo(), state, PRODUCTION, ENGLISH, null, Date.parse(now))?.driver;
  expect(driverAt('2026-11-24T11:00:00Z')).toBe('Driver: Ann Lee (claimed) since 09:30:00 UTC');
  expect(driverAt('2026-11-25T00:10:00Z')).toBe('Driver: Ann Lee (claimed) since 2026-11-24 09:30:00 UTC');
});

test('an approval that was released against the policy stays in it', () => {
  const state = { ...emptyRunState(), glassBroken: ['a1'] };
  expect(bannerLook(runInfo(), state, PRODUCTION, ENGLISH)?.broken).toBe('Released against the policy: “a1”');
});

test('another kernel than its own is named, and that nothing runs', () => {
  expect(bannerLook(runInfo(), emptyRunState(), PRODUCTION, ENGLISH, 'Python 3')?.kernel).toBe(
    'The kernel is Python 3, not that of this run: no cell is run'
  );
});
