// Whom a hold waits for, as its reader is told.
import { describe, expect, test } from '@jest/globals';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import type { ApprovalRules } from '../../../contract/holds/hold-rules.js';
import { waitsForViewer, type Viewer } from '../../../contract/holds/pending.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { Person } from '../../../contract/base/person.js';
import { approvalLook } from '../../../labextension/approval/approval-look.js';
import {
  awaitedBy,
  awaitedNames,
  awaitedPeople,
  waitingText
} from '../../../labextension/approval/awaited-text.js';
import { ENGLISH } from '../english.js';
import { ANN, asked, opened, started, stateOf, timeOf } from '../journal-of.js';

const person = (username: string): Person => ({ username, name: username, grade: 'claimed' });
const SEATS = [
  { name: 'qa', members: ['ann', 'bob'] },
  { name: 'ops', members: ['ann', 'cat'] },
  { name: 'dan', members: ['dan'] }
];
const approved = (by: Person): RecordBody => ({
  kind: 'approval-decided',
  approval: 'approval-1',
  content: 'c0ffee',
  decision: { decision: 'approved', by, at: timeOf(20), comment: '' }
});

function approval(names: readonly string[], rules: Partial<ApprovalRules> | null, ...more: RecordBody[]) {
  const body = asked('c', names) as Extract<RecordBody, { kind: 'approval-requested' }>;
  const seats = SEATS.filter(({ name }) => names.includes(name));
  const request = rules ? { ...body.request, rules: { ...OPEN_RULES, seats, ...rules } } : body.request;
  return stateOf(opened(), started('c'), { ...body, request }, ...more).approvals['approval-1']!;
}

const as = (username: string | null, driver: string | null = null): Viewer => ({
  you: username === null ? null : person(username),
  driver: driver === null ? null : person(driver)
});

describe('an approval', () => {
  test.each([
    ['a member of the group', as('bob'), 'you'],
    ['somebody else', as('cat'), 'qa'],
    ['whoever is not known', as(null), 'qa']
  ])('of a group, read by %s', (_who, viewer, expected) => {
    expect(awaitedPeople(approval(['qa'], {}), viewer, ENGLISH)).toBe(expected);
  });

  test('of two groups names the reader first, once', () => {
    expect(awaitedPeople(approval(['qa', 'ops'], {}), as('bob'), ENGLISH)).toBe('you, ops');
    expect(awaitedPeople(approval(['ops', 'qa'], {}), as('ann'), ENGLISH)).toBe('you');
  });

  test('that names the person, also one that was journaled before rules existed', () => {
    expect(awaitedPeople(approval(['dan', 'qa'], {}), as('dan'), ENGLISH)).toBe('you, qa');
    expect(awaitedPeople(approval(['dan'], null), as('dan'), ENGLISH)).toBe('you');
  });

  test('is for the group where this member may not decide, or has decided', () => {
    expect(awaitedPeople(approval(['qa'], { fourEyes: true }), as('bob', 'bob'), ENGLISH)).toBe('qa');
    expect(
      awaitedPeople(approval(['qa'], { required: 2 }, approved(person('bob'))), as('bob'), ENGLISH)
    ).toBe('qa');
  });

  test('is for deputies once they were asked', () => {
    const rules = { escalation: { seats: [{ name: 'lead', members: ['eve'] }], at: timeOf(10) } };
    const before = approval(['qa'], rules);
    expect(awaitedPeople(before, as('eve'), ENGLISH)).toBe('qa');
    expect(awaitedPeople({ ...before, escalatedAt: timeOf(10) }, as('eve'), ENGLISH)).toBe('you, qa');
  });

  test('of anybody is for anybody, the reader among them or not', () => {
    expect(awaitedPeople(approval([], {}), as('bob'), ENGLISH)).toBe('anybody');
    expect(awaitedPeople(approval([], { fourEyes: true }), as('bob', 'bob'), ENGLISH)).toBe(
      'anybody but you'
    );
    expect(waitingText([approval([], {})], as('bob'), timeOf(30), ENGLISH)).toBe('waiting for anybody');
  });
});

// Every choice of named groups, reader, driver and one decision before.
test('an approval says “you” just to whoever may fill a place that it names', () => {
  const names = SEATS.map(({ name }) => name);
  const people = ['ann', 'bob', 'cat', 'dan', 'eve'];
  for (let choice = 1; choice < 8; choice++) {
    const named = names.filter((_name, index) => choice & (1 << index));
    for (const reader of people) {
      for (const driver of [null, reader]) {
        for (const before of [null, ...people]) {
          const hold = approval(
            named,
            { fourEyes: true, required: 2 },
            ...(before ? [approved(person(before))] : [])
          );
          const viewer = as(reader, driver);
          const seats = SEATS.filter(({ name }) => named.includes(name));
          const isMember = seats.some(({ members }) => members.includes(reader));
          const others = seats.filter(({ members }) => !members.includes(reader)).map(({ name }) => name);
          const isForReader = isMember && waitsForViewer(hold, viewer);
          const expected = (isForReader ? ['you', ...others] : named).join(', ');
          expect([named, reader, driver, before, awaitedPeople(hold, viewer, ENGLISH)]).toEqual([
            named,
            reader,
            driver,
            before,
            expected
          ]);
          const look = approvalLook(hold, 'live', null, ENGLISH, viewer);
          expect(look.awaited?.who).toBe(expected);
        }
      }
    }
  }
});

describe('a task list', () => {
  const TASK = { deputy: null, dueAt: null, answerBy: null, critical: true, hasCheck: false };
  const list = (...more: RecordBody[]) =>
    stateOf(
      opened(),
      started('a'),
      {
        kind: 'tasks-assigned',
        board: 'tasks-1',
        name: 'Smoke tests',
        step: 'a',
        attempt: 1,
        phase: 'Preparation',
        tasks: [
          { ...TASK, id: 't1', title: 'Order a tea', owner: { name: 'qa', members: ['ann', 'bob'] } },
          { ...TASK, id: 't2', title: 'Pay', owner: { name: 'Cat Ito', members: ['cat'] } }
        ]
      },
      { kind: 'gather-started', board: 'tasks-1', step: 'a', rule: 'all' },
      ...more
    ).taskLists['tasks-1']!;

  test.each([
    [as('bob'), 'you, Cat Ito: 2 tasks'],
    [as('cat'), 'qa, you: 2 tasks'],
    [as('dan'), 'qa, Cat Ito: 2 tasks'],
    [as(null), 'qa, Cat Ito: 2 tasks']
  ])('tells %j', (viewer, expected) => {
    expect(awaitedBy(list(), viewer, timeOf(9), ENGLISH)).toBe(expected);
    expect(awaitedNames(list(), viewer, ENGLISH)).toBe(
      expected.includes('you') ? 'you' : expected.replace(/:.*/, '')
    );
  });

  test('waits for the check, not for the reader, once they said that it is done', () => {
    const claimed: RecordBody = {
      kind: 'task-moved',
      board: 'tasks-1',
      task: 't1',
      status: 'claimed',
      by: ANN,
      comment: ''
    };
    expect(awaitedBy(list(claimed), as('ann'), timeOf(9), ENGLISH)).toBe('qa, Cat Ito: 2 tasks');
  });

  test('and an approval of one phase that wait for the same person say so once', () => {
    const holds = [approval(['qa'], {}), approval(['ops', 'qa'], {})];
    expect(waitingText(holds, as('ann'), timeOf(30), ENGLISH)).toBe('waiting for you');
  });
});

test('a checklist is for anybody', () => {
  const items = ['a', 'b'].map(text => ({ text, required: true }));
  const { checklists } = stateOf(opened(), started('a'), {
    kind: 'checklist-requested',
    checklist: 'checklist-1',
    name: 'Before the deployment',
    step: 'a',
    attempt: 1,
    phase: 'Preparation',
    items
  });
  const list = checklists['checklist-1']!;
  expect(awaitedBy(list, as('bob'), timeOf(9), ENGLISH)).toBe('anybody: 2 items to tick');
  expect(awaitedNames(list, as('bob'), ENGLISH)).toBe('anybody');
});
