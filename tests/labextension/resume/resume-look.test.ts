// The bar above a notebook: what it says after a loss, while variables come back, and when that stops.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { DISCARD, RESUME } from '../../../labextension/resume/commands.js';
import { resumeLook, resumeLookFor } from '../../../labextension/resume/resume-look.js';
import { UNKNOWN_SESSION } from '../../../labextension/run/run-store.js';
import { ENGLISH } from '../english.js';
import { ANN, ended, opened, RUN, started, stateOf, timeOf } from '../journal-of.js';

const KERNEL: RecordBody = { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN };
const EFFECT: RecordBody = {
  kind: 'effect-started',
  effect: 'c:1:effect-1',
  step: 'c',
  attempt: 1,
  helper: 'shell',
  label: 'fleetctl deploy orders',
  request: {}
};
const PASSED = [opened(), KERNEL, started('a'), ended('a'), started('b'), ended('b')];
const NOW = Date.parse(timeOf(60));
const lookAfter = (...bodies: RecordBody[]) => resumeLook(stateOf(...PASSED, ...bodies), ENGLISH, NOW);

describe('the bar', () => {
  test('is not there while nothing is lost', () => {
    expect(lookAfter()).toBeNull();
    expect(resumeLook(stateOf(opened(), KERNEL, KERNEL), ENGLISH, NOW)).toBeNull();
  });

  test('says how many steps lost their variables, since when, and offers to resume', () => {
    const look = lookAfter(KERNEL);
    expect(look).toMatchObject({
      tone: 'asks',
      title: 'The kernel ended',
      text: 'A new one began at 08:00:07 UTC, without the variables of 2 finished steps; nothing that was done is lost.'
    });
    expect(look?.actions.map(({ command }) => command)).toEqual([RESUME, DISCARD]);
  });

  test('offers nothing to whoever looks on in a live run, and names who drives', () => {
    const drives: RecordBody = {
      kind: 'driver-changed',
      by: ANN,
      client: 'page-1',
      how: 'first',
      reason: ''
    };
    const state = stateOf(opened({ ...RUN, mode: 'live' }), KERNEL, drives, started('a'), ended('a'), KERNEL);
    const lookOf = (client: string, username: string) =>
      resumeLookFor({ state, session: { ...UNKNOWN_SESSION, client, you: { ...ANN, username } } }, ENGLISH);
    expect(lookOf('page-1', 'ann')?.actions).toHaveLength(2);
    expect(lookOf('page-2', 'bob')).toMatchObject({ title: 'The kernel ended', actions: [] });
    expect(lookOf('page-2', 'bob')?.text).toMatch(
      /nothing that was done is lost\. That is for Ann Lee.*, who drives\.$/
    );
  });

  test('tells the kernel from the process that ran the cells', () => {
    expect(lookAfter({ kind: 'executor-replaced', reason: 'killed' })?.title).toBe(
      'The process that ran the cells ended'
    );
  });

  test('names a cut-off effect with its command and start', () => {
    expect(lookAfter(started('c'), EFFECT, KERNEL)?.text).toContain(
      '“fleetctl deploy orders” began at 08:00:08 UTC and has no recorded end: somebody has to say what became of it.'
    );
  });

  test('asks about a cut-off effect also when no finished step lost anything, until it is judged', () => {
    const cut = [opened(), KERNEL, started('c'), EFFECT, KERNEL];
    const look = resumeLook(stateOf(...cut), ENGLISH, NOW);
    expect(look).toMatchObject({ title: 'A step was cut off', actions: [{ command: RESUME }] });
    const judged: RecordBody = {
      kind: 'effect-judged',
      effect: 'c:1:effect-1',
      judgement: 'passed',
      by: ANN,
      reason: 'seen in the log'
    };
    expect(resumeLook(stateOf(...cut, judged), ENGLISH, NOW)).toBeNull();
  });

  test('counts while variables come back, and leaves when they are', () => {
    const begun: RecordBody = { kind: 'resume-started', by: ANN, steps: ['a', 'b'] };
    const back = (step: string): RecordBody => ({ kind: 'step-replayed', step, attempt: 1, durationMs: 5 });
    expect(lookAfter(KERNEL, begun)).toMatchObject({
      tone: 'busy',
      progress: { done: 0, count: 2 },
      actions: []
    });
    expect(lookAfter(KERNEL, begun, back('a'))?.progress).toEqual({ done: 1, count: 2 });
    expect(
      lookAfter(KERNEL, begun, back('a'), back('b'), { kind: 'resume-ended', outcome: 'passed' })
    ).toBeNull();
  });

  test('shows the record and the present side by side when a replay has left its record', () => {
    const error = {
      name: 'DivergedError',
      code: 'resume.diverged',
      message: 'The cell does not repeat what its record says.\n  recorded: …',
      hint: 'Find what the cell depends on.',
      fields: {
        recorded: { helper: 'shell', label: 'fleetctl deploy orders', request: {} },
        now: { helper: 'shell', label: 'fleetctl deploy payments', request: {} }
      }
    };
    const begun: RecordBody = { kind: 'resume-started', by: ANN, steps: ['a', 'b'] };
    const look = lookAfter(KERNEL, begun, { kind: 'resume-ended', outcome: 'failed', error });
    expect(look).toMatchObject({
      tone: 'stopped',
      title: 'The resume has stopped at “a”',
      text: 'The cell does not repeat what its record says. Find what the cell depends on.',
      difference: { recorded: 'shell  fleetctl deploy orders', now: 'shell  fleetctl deploy payments' }
    });
  });
});
