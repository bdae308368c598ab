// The quick summary: colours with reasons, who is awaited, what is next, when the end is expected.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { KERNEL, decided, ended, stamp, started } from '../../contract/sample-journal.js';
import { earlierRunOf, quantile, type EarlierRun } from '../../../lifecycle/facts/earlier-runs.js';
import { ASKED, BEGIN, DONE, PREPARED, RUN, filesOf, summaryOf } from './summaries.js';

const UNANSWERED = {
  name: 'HoldUnansweredError',
  code: 'hold.unanswered',
  message: 'Nobody can be asked here.'
};

const FULL = {
  name: 'CommandFailedError',
  code: 'shell.failed',
  message: 'Command failed with exit code 1: bin/deploy orders\nLast lines of stderr:',
  fields: { stderr: 'looking for room\nno room in the registry.\n' }
};
const LONG = { name: 'Error', code: 'step.failed', message: 'x'.repeat(1000) };

const WITHDRAWN: RecordBody = {
  kind: 'approval-closed',
  approval: 's1:1:QA sign-off',
  status: 'withdrawn',
  reason: UNANSWERED.message
};

describe('the colour', () => {
  test.each([
    ['before the first step', BEGIN, 'green', 'it has not begun'],
    ['half way', PREPARED, 'green', 'it runs as planned'],
    ['at a hold point', ASKED, 'amber', '“QA sign-off” waits for qa-lead (0 ms)'],
    ['after a failure', [...BEGIN, started('p1'), ended('p1', 1, 'failed')], 'red', '“Look” failed'],
    [
      'after a failure that says why',
      [...BEGIN, started('p1'), { ...ended('p1', 1, 'failed'), error: FULL } as RecordBody],
      'red',
      '“Look” failed: Command failed with exit code 1: bin/deploy orders — no room in the registry'
    ],
    [
      'after a failure that says too much',
      [...BEGIN, started('p1'), { ...ended('p1', 1, 'failed'), error: LONG } as RecordBody],
      'red',
      `“Look” failed: ${'x'.repeat(297)}…`
    ],
    [
      'after a failure that was fixed',
      [...BEGIN, started('p1'), ended('p1', 1, 'failed'), started('p1', 2), ended('p1', 2)],
      'green',
      'it runs as planned'
    ],
    [
      'when a run without a front end ended at a hold point',
      [...ASKED, WITHDRAWN, { ...ended('s1', 1, 'failed'), error: UNANSWERED } as RecordBody],
      'amber',
      '“QA sign-off” waits for qa-lead (2.0 s)'
    ],
    [
      'when somebody opens the page between two steps',
      [...PREPARED, KERNEL],
      'amber',
      'the kernel ended and the run waits to be resumed'
    ],
    [
      'when somebody opens the page while people are asked',
      [...ASKED, WITHDRAWN, { ...ended('s1', 1, 'failed'), error: UNANSWERED } as RecordBody, KERNEL],
      'amber',
      '“QA sign-off” waits for qa-lead (3.0 s)'
    ],
    [
      'when somebody opens the page of a run that is done',
      [...DONE, KERNEL],
      'green',
      'every phase has passed'
    ],
    [
      'after a rejection',
      [...ASKED, decided('s1', 'rejected'), ended('s1', 1, 'rejected')],
      'red',
      '“Ask” was rejected by Bob Ray (signed): Looks good'
    ],
    [
      'when a process died in a step',
      [...BEGIN, started('p1'), KERNEL],
      'red',
      '“Look” has no known end; a person must say whether it succeeded'
    ],
    ['at the end', DONE, 'green', 'every phase has passed']
  ] as const)('%s has its reason', (_, bodies, color, reason) => {
    expect(summaryOf(bodies).health).toEqual({ color, reason });
  });

  test('is amber when a crash cut off the last line', () => {
    expect(summaryOf(PREPARED, { isTorn: true }).health.color).toBe('amber');
  });
});

describe('the silence alarm', () => {
  const RUNNING = [...BEGIN, started('p1')];

  test('rings for a step that nobody knows after ten minutes without a record', () => {
    expect(summaryOf(RUNNING, { secondsAfter: 600 }).silence).toBeNull();
    const summary = summaryOf(RUNNING, { secondsAfter: 601 });
    expect(summary.silence).toMatchObject({ step: 'p1', silentMs: 601_000, allowedMs: 600_000 });
    expect(summary.health).toEqual({
      color: 'red',
      reason: '“Look” runs and nothing was recorded for 10 min 1 s; it may be silent for 10 min 0 s'
    });
  });

  test('allows a step twice the time of earlier runs', () => {
    const earlier = [earlierRun({ p1: 3600 })];
    expect(summaryOf(RUNNING, { secondsAfter: 7200, earlier }).silence).toBeNull();
    expect(summaryOf(RUNNING, { secondsAfter: 7201, earlier }).silence).toMatchObject({
      allowedMs: 7_200_000
    });
  });

  test('is quiet while people are awaited', () => {
    expect(summaryOf(ASKED, { secondsAfter: 86_400 }).silence).toBeNull();
  });
});

describe('the expected end', () => {
  const EARLIER = [100, 200, 300, 400, 1000].map(seconds => earlierRun({ p1: 1 }, seconds));

  test('is what earlier runs took from the same step to their end', () => {
    const { expectedEnd } = summaryOf(BEGIN, { earlier: EARLIER });
    expect(expectedEnd).toEqual({
      p50: '2026-11-22T08:05:03.000Z',
      p90: '2026-11-22T08:16:43.000Z',
      isLate: false,
      runs: 5
    });
  });

  test('takes off what the running step has taken, down to nothing', () => {
    const running = [...BEGIN, started('p1')];
    expect(summaryOf(running, { earlier: EARLIER, secondsAfter: 60 }).expectedEnd?.p50).toBe(
      '2026-11-22T08:05:04.000Z'
    );
    expect(summaryOf(running, { earlier: EARLIER, secondsAfter: 500 }).expectedEnd?.p50).toBe(
      '2026-11-22T08:08:24.000Z'
    );
  });

  test('says when the step takes longer than nine of ten runs did', () => {
    const running = [...BEGIN, started('p1')];
    expect(summaryOf(running, { earlier: EARLIER, secondsAfter: 1001 }).expectedEnd?.isLate).toBe(true);
    expect(summaryOf(running, { earlier: EARLIER, secondsAfter: 1000 }).expectedEnd?.isLate).toBe(false);
  });

  test.each([
    ['without earlier runs', BEGIN, []],
    ['when no earlier run knows the step', BEGIN, [{ ...EARLIER[0]!, stepStartsMs: {} }]],
    ['when no earlier run knows a later step', BEGIN, [{ ...EARLIER[0]!, stepStartsMs: { p1: 0 } }]],
    ['at the end', DONE, EARLIER]
  ])('is not told %s', (_, bodies, earlier) => {
    expect(summaryOf(bodies, { earlier }).expectedEnd).toBeNull();
  });

  test('rests on the nearest rank', () => {
    expect([0.5, 0.9, 1].map(share => quantile([10, 20, 30, 40], share))).toEqual([20, 40, 40]);
    expect(quantile([], 0.5)).toBe(0);
  });
});

describe('an earlier run', () => {
  test('is one that has passed to its end', () => {
    const of = (bodies: typeof DONE) => earlierRunOf(filesOf(stamp(bodies)));
    expect(of(ASKED)).toBeNull();
    expect(of(DONE)).toMatchObject({
      environment: RUN.environment,
      stepDurationsMs: { p1: 1500, s1: 1500, s2: 1500, d1: 1500 },
      endedMs: Date.parse('2026-11-22T08:00:13.000Z')
    });
  });
});

describe('what stands beside the colour', () => {
  test('is the phase that counts, who is awaited since when, and what is next', () => {
    const summary = summaryOf(ASKED, { secondsAfter: 240 });
    expect(summary.phase).toEqual({ number: 2, count: 3, title: 'QA sign-off', status: 'waiting' });
    expect(summary.waiting).toEqual([
      {
        name: 'QA sign-off',
        phase: 'QA sign-off',
        awaited: 'qa-lead',
        since: '2026-11-22T08:00:07.000Z',
        waitedMs: 240_000
      }
    ]);
    expect(summary.next).toEqual({ step: 'Ask', phase: 'QA sign-off', status: 'waiting' });
    expect(summary.phases.map(({ title, lockedBy }) => [title, lockedBy])).toEqual([
      ['Prepare', null],
      ['QA sign-off', null],
      ['Deploy', 'QA sign-off']
    ]);
  });

  test('is the same where the step was held because nobody could be asked', () => {
    const held = { ...ended('s1', 1, 'failed'), error: UNANSWERED } as RecordBody;
    expect(summaryOf([...ASKED, WITHDRAWN, held]).waiting).toMatchObject([
      { name: 'QA sign-off', awaited: 'qa-lead', since: '2026-11-22T08:00:07.000Z' }
    ]);
  });

  test('is nothing at the end', () => {
    expect(summaryOf(DONE)).toMatchObject({ outcome: 'passed', phase: null, waiting: [], next: null });
  });
});

function earlierRun(durationsS: { readonly [step: string]: number }, totalS = 1000): EarlierRun {
  return {
    runbook: 'release.ipynb',
    environment: 'staging',
    mode: 'live',
    stepStartsMs: { p1: 0, s1: 1, s2: 2, d1: 3 },
    stepDurationsMs: Object.fromEntries(Object.entries(durationsS).map(([step, s]) => [step, s * 1000])),
    endedMs: totalS * 1000
  };
}
