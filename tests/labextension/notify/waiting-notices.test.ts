// How long a notice about what waits stays, and whom it says to wait for on the way.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import { isPending } from '../../../contract/holds/pending.js';
import type { ApprovalRules } from '../../../contract/holds/hold-rules.js';
import type { Person } from '../../../contract/base/person.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import type { NoticeContext } from '../../../labextension/notify/notice.js';
import { noticeOf } from '../../../labextension/notify/notification-text.js';
import { readNotifySettings } from '../../../labextension/notify/notify-settings.js';
import { WaitingNotices } from '../../../labextension/notify/waiting-notices.js';
import { ENGLISH } from '../english.js';
import {
  ANN,
  asked,
  ended,
  journalOf,
  listed,
  opened,
  OUTLINE,
  RUN,
  started,
  timeOf
} from '../journal-of.js';

const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };
/** An approval that names a group of which nobody says who is in it is for that group, whoever reads. */
const FOR_LEAD = 'Waiting for qa-lead: QA sign-off';
const FOR_YOU_TOO = 'Waiting for you, qa-lead: QA sign-off';

let messages: Map<string, string>;
let closed: string[];
let waiting: WaitingNotices;
let count: number;
/** What is done a moment later; null: at once. */
let later: (() => void)[] | null;
beforeEach(() => {
  messages = new Map();
  closed = [];
  count = 0;
  later = null;
  waiting = new WaitingNotices({
    emit: ({ title }) => {
      const id = `message-${++count}`;
      messages.set(id, title);
      return id;
    },
    soon: act => (later === null ? act() : void later.push(act)),
    update: (id, title) => void messages.set(id, title),
    dismiss: id => void messages.delete(id),
    close: tag => void closed.push(tag)
  });
});

/** Lets records come one after the other, as the page of `you` hears them; gives the messages after each of `bodies`. */
function hear(before: readonly RecordBody[], bodies: readonly RecordBody[], you: Person | null = ANN) {
  const records = journalOf(opened({ ...RUN, mode: 'live' }), ...before, ...bodies);
  return records
    .map((record, index) => {
      const context: NoticeContext = {
        state: foldJournal(records.slice(0, index + 1)),
        outline: OUTLINE,
        notebook: 'release.ipynb',
        settings: readNotifySettings({}),
        you,
        words: ENGLISH
      };
      const notice = noticeOf(record, context);
      if (notice?.kind === 'waiting') {
        waiting.show(notice);
      }
      waiting.refresh(() => context);
      return [...messages.values()];
    })
    .slice(1 + before.length);
}

function askedBy(rules: Partial<ApprovalRules>): RecordBody {
  const body = asked() as Extract<RecordBody, { kind: 'approval-requested' }>;
  return { ...body, request: { ...body.request, rules: { ...OPEN_RULES, ...rules } } };
}

function decidedBy(by: Person, decision: 'approved' | 'rejected' = 'approved'): RecordBody {
  return {
    kind: 'approval-decided',
    approval: 'approval-1',
    content: 'c0ffee',
    decision: { decision, by, at: timeOf(30), comment: 'Seen' }
  };
}

function closedAs(status: 'expired' | 'withdrawn' | 'stale' | 'revoked'): RecordBody {
  return { kind: 'approval-closed', approval: 'approval-1', status, reason: 'So it is' };
}

const BROKEN: RecordBody = {
  kind: 'glass-broken',
  approval: 'approval-1',
  by: BOB,
  reason: 'Nobody is here'
};
const REPLACED: RecordBody = { kind: 'executor-replaced', reason: 'it died' };
const TWO = { required: 2 };
const EVERYONE = {
  everyone: true,
  required: 2,
  seats: [
    { name: 'qa', members: ['ann'] },
    { name: 'sre', members: ['bob'] }
  ]
};

describe('an approval', () => {
  test('that needs two stays after the first of them, for whoever is left, and goes after the second', () => {
    const bodies = [askedBy(TWO), decidedBy(ANN), decidedBy(BOB)];
    expect(hear([started('c')], bodies)).toEqual([[FOR_LEAD], [FOR_LEAD], []]);
  });

  test('waits on for the second person in their own words', () => {
    const bodies = [askedBy(TWO), decidedBy(ANN), decidedBy(BOB)];
    expect(hear([started('c')], bodies, BOB)).toEqual([[FOR_LEAD], [FOR_LEAD], []]);
  });

  test('of everyone (go/no-go) goes when every seat is filled', () => {
    const bodies = [askedBy(EVERYONE), decidedBy(BOB), decidedBy(ANN)];
    expect(hear([started('c')], bodies)).toEqual([
      ['Waiting for you, sre: QA sign-off'],
      ['Waiting for you: QA sign-off'],
      []
    ]);
  });

  test.each([
    ['a rejection, the first of two too', [decidedBy(BOB, 'rejected')]],
    ['a release against the policy', [BROKEN]],
    ['a release against the policy after the first of two', [decidedBy(BOB), BROKEN]],
    ['its withdrawal', [closedAs('withdrawn')]],
    ['its expiry', [closedAs('expired')]],
    ['the end of its process', [REPLACED]]
  ])('goes with %s', (_what, bodies) => {
    expect(hear([started('c')], [askedBy(TWO), ...bodies]).at(-1)).toEqual([]);
    expect(closed).toEqual(['launchbook:2.4.0-staging-3f9c21:waiting']);
  });

  test('that is revoked later asks nobody: it comes back when its step asks again', () => {
    const again = { ...asked('c', ['qa-lead'], 2), approval: 'approval-2' } as RecordBody;
    const bodies = [asked(), decidedBy(BOB), ended('c'), closedAs('revoked'), started('c', 2), again];
    expect(hear([started('c')], bodies)).toEqual([[FOR_LEAD], [], [], [], [], [FOR_LEAD]]);
  });

  test('is for the deputies too when nobody has decided', () => {
    const rules = {
      seats: [{ name: 'bob', members: ['bob'] }],
      escalation: { seats: [{ name: 'ann', members: ['ann'] }], at: timeOf(60) }
    };
    const escalated: RecordBody = { kind: 'approval-escalated', approval: 'approval-1', to: ['ann'] };
    expect(hear([started('c')], [askedBy(rules), escalated])).toEqual([[FOR_LEAD], [FOR_YOU_TOO]]);
    expect(count).toBe(2);
  });

  test('that escalates is not told again to whoever was asked before', () => {
    const rules = {
      seats: [{ name: 'ann', members: ['ann'] }],
      escalation: { seats: [{ name: 'lead', members: ['ann', 'bob'] }], at: timeOf(60) }
    };
    const escalated: RecordBody = { kind: 'approval-escalated', approval: 'approval-1', to: ['lead'] };
    expect(hear([started('c')], [askedBy(rules), escalated])).toEqual([[FOR_LEAD], [FOR_YOU_TOO]]);
    expect(count).toBe(1);
  });

  test('goes from the desktop when nothing else of the run waits', () => {
    const other = { ...asked('d'), approval: 'approval-2', name: 'Go' } as RecordBody;
    hear([started('c'), started('d')], [asked(), other, decidedBy(BOB)]);
    expect([...messages.values()]).toEqual(['Waiting for qa-lead: Go']);
    expect(closed).toEqual([]);
  });
});

// Every two things that can happen to an approval that needs two.
test('the notice about an approval is there just as long as the approval waits', () => {
  const acts = [
    decidedBy(ANN),
    decidedBy(BOB),
    decidedBy(BOB, 'rejected'),
    BROKEN,
    closedAs('expired'),
    REPLACED
  ];
  for (const first of acts) {
    for (const second of acts) {
      const bodies = [askedBy(TWO), first, second];
      const shown = hear([started('c')], bodies).map(messages => messages.length);
      const waits = bodies.map((_body, index) => {
        const upTo = journalOf(opened(), started('c'), ...bodies.slice(0, index + 1));
        return isPending(foldJournal(upTo).approvals['approval-1']) ? 1 : 0;
      });
      expect([first, second, shown]).toEqual([first, second, waits]);
      waiting.endAll();
    }
  }
});

describe('a checklist', () => {
  const ticked = (item: number): RecordBody => ({
    kind: 'checklist-ticked',
    checklist: 'list-1',
    item,
    ticked: true,
    by: BOB
  });

  test.each(['done', 'withdrawn'] as const)('stays while items are ticked and goes when it is %s', status => {
    const end: RecordBody = { kind: 'checklist-closed', checklist: 'list-1', status };
    const here = ['Waiting for anybody: Before we leave'];
    expect(hear([started('d')], [listed(), ticked(0), end])).toEqual([here, here, []]);
  });
});

describe('a task list that is gathered', () => {
  const task = (id: string, title: string, owner: string) => ({
    id,
    title,
    owner: { name: owner, members: [owner] },
    deputy: null,
    dueAt: null,
    answerBy: null,
    critical: true,
    hasCheck: false
  });
  const ASSIGNED: RecordBody = {
    kind: 'tasks-assigned',
    board: 'tasks-1',
    name: 'Smoke tests',
    step: 'd',
    attempt: 1,
    phase: 'Finish',
    tasks: [task('t1', 'Order a tea', 'ann'), task('t2', 'Read the mails', 'bob')]
  };
  const GATHER: RecordBody = { kind: 'gather-started', board: 'tasks-1', step: 'd', rule: 'all' };
  const done = (id: string, by: Person): RecordBody => ({
    kind: 'task-moved',
    board: 'tasks-1',
    task: id,
    status: 'done',
    by,
    comment: ''
  });
  const over = (status: 'gathered' | 'withdrawn'): RecordBody => ({
    kind: 'gather-ended',
    board: 'tasks-1',
    step: 'd',
    status
  });

  test('is told in one message from the assignment to its end', () => {
    hear([started('d')], [ASSIGNED, GATHER, done('t1', ANN), done('t2', BOB)]);
    expect(count).toBe(1);
    expect(messages.size).toBe(1);
  });

  test('is shown only once all is told, and not at all when it is over by then', () => {
    later = [];
    hear([started('d')], [ASSIGNED, GATHER]);
    expect(messages.size).toBe(0);
    later.splice(0).forEach(act => act());
    expect([...messages.values()]).toEqual(['Waiting for you: Smoke tests']);
    waiting.endAll();
    hear([started('d')], [ASSIGNED, GATHER, over('withdrawn')]);
    later.splice(0).forEach(act => act());
    expect([count, messages.size]).toEqual([1, 0]);
  });

  test('waits for you while you have a task, then for the others, until it is gathered', () => {
    const bodies = [ASSIGNED, GATHER, done('t1', ANN), done('t2', BOB), over('gathered')];
    expect(hear([started('d')], bodies)).toEqual([
      ['Tasks for you: Smoke tests'],
      ['Waiting for you: Smoke tests'],
      ['Waiting for bob: Smoke tests'],
      ['Waiting for ann, bob: Smoke tests'],
      []
    ]);
  });

  test('is told to who has tasks before a cell waits for them, until they report', () => {
    const accepted: RecordBody = { ...done('t1', ANN), status: 'accepted' } as RecordBody;
    expect(hear([started('d')], [ASSIGNED, done('t2', BOB), accepted, GATHER])).toEqual([
      ['Tasks for you: Smoke tests'],
      ['Tasks for you: Smoke tests'],
      [],
      ['Waiting for you: Smoke tests']
    ]);
    expect(closed).toHaveLength(1);
  });

  test.each([
    ['somebody without a task', { ...BOB, username: 'cat' }],
    ['nobody who is known', null]
  ])('is not told to %s before a cell waits', (_who, you) => {
    expect(hear([started('d')], [ASSIGNED], you)).toEqual([[]]);
  });

  test('is told to the deputy when a task is handed over, gathered or not', () => {
    const eve: Person = { username: 'eve', name: 'Eve Fox', grade: 'claimed' };
    const deputy = { name: 'eve', members: ['eve'] };
    const tasks = [{ ...task('t1', 'Order a tea', 'ann'), deputy }];
    const assigned = { ...ASSIGNED, tasks } as RecordBody;
    const handed: RecordBody = { kind: 'task-handed-over', board: 'tasks-1', task: 't1', reason: 'silent' };
    expect(hear([started('d')], [assigned, handed], eve)).toEqual([[], ['Tasks for you: Smoke tests']]);
    waiting.endAll();
    expect(hear([started('d')], [assigned, GATHER, handed], eve).at(-1)).toEqual([
      'Waiting for you: Smoke tests'
    ]);
    expect(messages.size).toBe(1);
  });

  test('names your tasks', () => {
    const records = journalOf(opened(), started('d'), ASSIGNED, GATHER);
    const context = {
      state: foldJournal(records),
      outline: OUTLINE,
      notebook: 'release.ipynb',
      settings: readNotifySettings({}),
      words: ENGLISH
    };
    const bodyFor = (you: Person | null) => noticeOf(records.at(-1)!, { ...context, you })?.body;
    expect(bodyFor(ANN)).toBe('Your tasks: Order a tea\n2.4.0 · staging');
    expect(bodyFor(null)).toBe('ann, bob: 2 tasks\n2.4.0 · staging');
  });

  test.each([
    ['its withdrawal', over('withdrawn')],
    ['the end of its step', ended('d', 'inconclusive')]
  ])('goes with %s', (_what, end) => {
    expect(hear([started('d')], [ASSIGNED, GATHER, end]).at(-1)).toEqual([]);
  });
});

describe('the wheel', () => {
  const drives = (by: Person): RecordBody => ({
    kind: 'driver-changed',
    by,
    client: 'page-1',
    how: 'first',
    reason: ''
  });
  const ASKED: RecordBody = { kind: 'wheel-asked', wheel: 'w1', by: BOB, client: 'page-2' };
  const REFUSED: RecordBody = { kind: 'wheel-refused', wheel: 'w1', by: ANN, reason: 'Soon' };
  const OFFERED: RecordBody = { kind: 'wheel-offered', wheel: 'w2', by: ANN, to: BOB };
  const DECLINED: RecordBody = {
    kind: 'wheel-offer-ended',
    wheel: 'w2',
    how: 'declined',
    by: BOB,
    reason: ''
  };

  test('that is asked for is told to the driver until they answer', () => {
    expect(hear([drives(ANN)], [ASKED, REFUSED])).toEqual([['Bob Ray asks for the wheel'], []]);
    expect(hear([drives(ANN)], [ASKED, drives(BOB)])).toEqual([['Bob Ray asks for the wheel'], []]);
    expect(hear([drives(ANN)], [ASKED], BOB)).toEqual([[]]);
  });

  test('that is offered is told to whom it is offered until they answer', () => {
    expect(hear([drives(ANN)], [OFFERED, DECLINED], BOB)).toEqual([['Ann Lee offers you the wheel'], []]);
    expect(hear([drives(ANN)], [OFFERED], ANN)).toEqual([[]]);
  });
});

test('whoever goes to the cell needs no message; the desktop is told when it is over', () => {
  hear([started('c')], [asked()]);
  waiting.arrived(cell => cell === 'a');
  expect(messages.size).toBe(1);
  waiting.arrived(cell => cell === 'c');
  expect(messages.size).toBe(0);
  expect(closed).toEqual([]);
  waiting.endAll();
  expect(closed).toHaveLength(1);
});
