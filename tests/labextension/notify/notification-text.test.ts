// Which records a person hears about, and in what words.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import {
  noticeOfBatch,
  noticeOfCell,
  noticeOfDeath,
  noticeOfStillRunning,
  noticeOfUnusual
} from '../../../labextension/notify/cell-notification-text.js';
import type { Notice } from '../../../labextension/notify/notice.js';
import { noticeOf } from '../../../labextension/notify/notification-text.js';
import { readNotifySettings } from '../../../labextension/notify/notify-settings.js';
import { ENGLISH } from '../english.js';
import {
  ANN,
  asked,
  decided,
  ended,
  journalOf,
  listed,
  opened,
  OUTLINE,
  started,
  stateOf
} from '../journal-of.js';

/** The notice for the last of `bodies`. */
function lastNotice(
  settings: { readonly [key: string]: unknown },
  ...bodies: readonly RecordBody[]
): Notice | null {
  const records = journalOf(opened(), ...bodies);
  const context = {
    state: foldJournal(records),
    outline: OUTLINE,
    notebook: 'release.ipynb',
    settings: readNotifySettings(settings),
    you: null,
    words: ENGLISH
  };
  return noticeOf(records.at(-1)!, context);
}

describe('waiting', () => {
  test('a request for approval says whom it waits for, with question, release and environment', () => {
    expect(lastNotice({}, started('c'), asked())).toEqual({
      kind: 'waiting',
      title: 'Waiting for qa-lead: QA sign-off',
      body: 'Is it fit?\n2.4.0 · staging',
      where: '2.4.0 · staging',
      tag: 'launchbook:2.4.0-staging-3f9c21:waiting',
      cell: 'c',
      hold: 'approval-1'
    });
  });

  test('to whoever may not decide it names those who may', () => {
    const records = journalOf(opened(), started('c'), asked());
    const state = foldJournal(records);
    const approval = state.approvals['approval-1']!;
    const seats = [{ name: 'qa', members: ['bob'] }];
    const request = { ...approval.request, approvers: ['qa'], rules: { ...OPEN_RULES, seats } };
    const context = {
      state: { ...state, approvals: { 'approval-1': { ...approval, request } } },
      outline: OUTLINE,
      notebook: 'release.ipynb',
      settings: readNotifySettings({}),
      you: ANN,
      words: ENGLISH
    };
    expect(noticeOf(records.at(-1)!, context)?.title).toBe('Waiting for qa: QA sign-off');
  });

  test('a checklist does too', () => {
    expect(lastNotice({}, started('d'), listed())).toMatchObject({
      title: 'Waiting for anybody: Before we leave',
      hold: 'list-1'
    });
  });

  test('a decision tells nothing', () => {
    expect(lastNotice({}, started('c'), asked(), decided())).toBeNull();
  });
});

describe('the end of a step', () => {
  test('a failure names phase, step and the first line of the error', () => {
    expect(lastNotice({}, started('a'), ended('a', 'failed'))).toMatchObject({
      kind: 'failed',
      title: 'Failed: Preparation › Check',
      body: 'fleetctl ended with exit code 7\n2.4.0 · staging'
    });
  });

  test('a rejection is told as such', () => {
    expect(lastNotice({}, started('c'), asked(), decided('rejected'), ended('c', 'rejected'))?.title).toBe(
      'Rejected: Sign-off › Ask QA'
    );
  });

  test('a short step tells nothing, a long one does', () => {
    expect(lastNotice({}, started('a'), ended('a', 'passed', 29_999))).toBeNull();
    expect(lastNotice({}, started('a'), ended('a', 'passed', 30_000))).toMatchObject({
      kind: 'long',
      title: 'Done: Preparation › Check'
    });
    expect(lastNotice({ longerThanSeconds: 0.5 }, started('a'), ended('a', 'passed', 600))?.kind).toBe(
      'long'
    );
  });

  test('a step that waited for people is not long', () => {
    const bodies = [started('c'), asked(), decided(), ended('c', 'passed', 90_000)];
    expect(lastNotice({}, ...bodies)?.kind).toBe('phase');
    expect(lastNotice({ phase: false }, ...bodies)).toBeNull();
  });

  test('an interrupted step tells nothing: whoever stopped it knows', () => {
    expect(lastNotice({}, started('a'), ended('a', 'inconclusive', 90_000))).toBeNull();
  });

  test('the last step of the last phase tells that the run is done', () => {
    const before = [
      started('a'),
      ended('a'),
      started('b'),
      ended('b'),
      started('c'),
      asked(),
      decided(),
      ended('c'),
      started('d')
    ];
    expect(lastNotice({}, ...before, ended('d'))).toMatchObject({
      kind: 'finished',
      title: 'All phases passed'
    });
  });
});

test('the last step of a phase tells that the phase is done', () => {
  const bodies = [started('a'), ended('a'), started('b'), ended('b', 'passed', 90_000)];
  expect(lastNotice({}, ...bodies)).toMatchObject({
    kind: 'phase',
    title: 'Phase passed: Preparation',
    body: 'It took 1 min 31 s of work.\n2.4.0 · staging'
  });
  expect(lastNotice({ phase: false }, ...bodies)?.kind).toBe('long');
});

test.each([
  ['waiting', [started('c'), asked()]],
  ['failed', [started('a'), ended('a', 'failed')]],
  ['long', [started('a'), ended('a', 'passed', 60_000)]]
] as const)('the setting `%s` switches its kind off', (key, bodies) => {
  expect(lastNotice({ [key]: false }, ...bodies)).toBeNull();
  expect(lastNotice({}, ...bodies)?.kind).toBe(key);
});

test('a cell of another kernel is told by failure and by length', () => {
  const context = {
    state: stateOf(),
    outline: OUTLINE,
    notebook: 'x.ipynb',
    settings: readNotifySettings({}),
    you: null,
    words: ENGLISH
  };
  const cell = { id: 'q', title: 'train()', number: 7, error: null, durationMs: 31_000 };
  expect(noticeOfCell(cell, context)).toMatchObject({
    kind: 'long',
    body: 'It took 31.0 s.\nx.ipynb',
    cell: 'q'
  });
  expect(noticeOfCell({ ...cell, durationMs: 1 }, context)).toBeNull();
  expect(noticeOfCell({ ...cell, error: 'ValueError: 3' }, context)).toMatchObject({
    kind: 'failed',
    title: 'Failed: [7] train()'
  });
});

test('a kernel that died is told, with or without a new start', () => {
  const context = {
    state: stateOf(opened()),
    outline: OUTLINE,
    notebook: 'x',
    settings: readNotifySettings({}),
    you: null,
    words: ENGLISH
  };
  expect(noticeOfDeath(true, context)?.body).toContain('It is starting again');
  expect(noticeOfDeath(false, context)).toMatchObject({ kind: 'kernelDied', cell: null });
  expect(
    noticeOfDeath(false, { ...context, settings: readNotifySettings({ kernelDied: false }) })
  ).toBeNull();
});

test('wrong settings have their defaults', () => {
  expect(readNotifySettings({ longerThanSeconds: -1, waiting: 'x' })).toMatchObject({
    longerThanMs: 30_000,
    waiting: true
  });
});

describe('cells that were run together with another kernel', () => {
  const context = {
    state: stateOf(),
    outline: OUTLINE,
    notebook: 'x.ipynb',
    settings: readNotifySettings({}),
    you: null,
    words: ENGLISH
  };
  const batch = { cells: 12, failed: 0, durationMs: 31_000, last: 'q' };

  test('tell once that all are done, when it took long', () => {
    expect(noticeOfBatch(batch, context)).toMatchObject({ kind: 'finished', title: '12 cells are done' });
    expect(noticeOfBatch({ ...batch, durationMs: 1000 }, context)).toBeNull();
  });

  test('say nothing when one failed, which has been told, and nothing when it was a single cell', () => {
    expect(noticeOfBatch({ ...batch, failed: 1 }, context)).toBeNull();
    expect(noticeOfBatch({ ...batch, cells: 1 }, context)).toBeNull();
  });

  test('say that one is still running only to those who want it', () => {
    expect(noticeOfStillRunning({ id: 'q', title: 'train()' }, context)).toBeNull();
    const settings = readNotifySettings({ stillRunning: true, stillRunningSeconds: 90 });
    expect(noticeOfStillRunning({ id: 'q', title: 'train()' }, { ...context, settings })).toMatchObject({
      title: 'Still running: train()',
      body: 'It began 1 min 30 s ago.\nx.ipynb'
    });
  });

  test('say that one takes longer than usual, unless nobody wants to hear it', () => {
    const late = { cell: 'q', title: 'train()', usualMs: 90_000 };
    expect(noticeOfUnusual(late, context)).toMatchObject({
      title: 'Longer than usual: train()',
      body: 'It usually takes 1 min 30 s.\nx.ipynb'
    });
    const settings = readNotifySettings({ unusual: false });
    expect(noticeOfUnusual(late, { ...context, settings })).toBeNull();
  });
});

describe('a rollback', () => {
  const ALL_PASSED = ['a', 'b', 'c', 'd'].flatMap(step => [started(step), ended(step)]);
  const UNDO = undoStepOf('r1');
  const registered: RecordBody = {
    kind: 'rollback-registered',
    rollback: 'r1',
    name: 'Orders back',
    step: 'd'
  };
  const begun = [...ALL_PASSED, registered, started(UNDO)];

  test('tells nothing of an undo step that passed, also when every phase has', () => {
    expect(lastNotice({ finished: true, phase: true }, ...begun, ended(UNDO))).toBeNull();
  });

  test('names an undo step that failed', () => {
    expect(lastNotice({}, ...begun, ended(UNDO, 'failed'))?.title).toBe('Failed: Orders back');
  });

  test('is told once, at its end, with its reason', () => {
    const done: RecordBody = {
      kind: 'rolled-back',
      step: 'd',
      by: ANN,
      reason: 'Customers cannot pay',
      steps: ['d'],
      approvals: []
    };
    expect(lastNotice({}, ...begun, ended(UNDO), done)).toMatchObject({
      title: 'Rolled back to before Finish › Deploy',
      body: expect.stringContaining('Customers cannot pay'),
      cell: 'd'
    });
    expect(lastNotice({}, ...begun, ended(UNDO), { ...done, checkpoint: 'built', step: null })?.title).toBe(
      'Rolled back to “built”'
    );
  });
});
