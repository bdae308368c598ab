// Which hold point locks what, and ids that are names of an object's prototype.
import { describe, expect, test } from '@jest/globals';
import type { JournalRecord, RecordBody } from '../../../contract/journal/journal.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import { applyRecord, foldJournal } from '../../../contract/reduce/reduce.js';
import { lockOf, unreleasedRequests } from '../../../contract/state/hold-locks.js';
import { emptyRunState } from '../../../contract/state/state.js';
import { ANN, KERNEL, RUN_OPENED, decided, ended, requested, stamp, started } from '../sample-journal.js';

const outlineOf = (
  steps: { readonly [id: string]: readonly string[] },
  waits: readonly string[] = []
): Outline => ({
  title: '',
  locks: 'outcome',
  phases: [
    {
      id: 'phase',
      title: 'Phase',
      steps: Object.entries(steps).map(([id, holds]) => ({
        id,
        title: id,
        holds,
        ...(waits.includes(id) ? { waitsFor: ['List'] } : {})
      }))
    }
  ]
});
const OUTLINE = outlineOf({ look: [], ask: ['Go'], ship: [] });
const stateOf = (...bodies: RecordBody[]) =>
  foldJournal(stamp([RUN_OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }, ...bodies]));
const holdOf = (outline: Outline, step: string, ...bodies: RecordBody[]): string | undefined =>
  lockOf(stateOf(...bodies), outline, step)?.hold;
const asked = (decision?: 'approved' | 'rejected', attempt = 1): RecordBody[] => [
  started('ask', attempt),
  requested('ask', attempt, 'Go'),
  ...(decision ? [decided('ask', decision, attempt, 'Go')] : [])
];

describe('a step that asks locks what comes after it', () => {
  test('until it has passed and was released', () => {
    expect(holdOf(OUTLINE, 'ship')).toBe('Go');
    expect(holdOf(OUTLINE, 'look')).toBeUndefined();
    expect(holdOf(OUTLINE, 'ship', ...asked())).toBe('Go');
    expect(holdOf(OUTLINE, 'ship', ...asked('approved'), ended('ask'))).toBeUndefined();
    expect(holdOf(OUTLINE, 'ship', ...asked('approved'), ended('ask', 1, 'failed'))).toBe('Go');
  });

  test('also when it has caught the rejection, and when it has passed without asking', () => {
    expect(holdOf(OUTLINE, 'ship', ...asked('rejected'), ended('ask'))).toBe('Go');
    expect(holdOf(OUTLINE, 'ship', started('ask'), ended('ask'))).toBe('Go');
  });

  test('until a person leaves it out, and not beyond its next attempt', () => {
    const skipped: RecordBody = { kind: 'step-skipped', step: 'ask', by: ANN, reason: 'seen', holds: ['Go'] };
    const passed = [started('ask'), ended('ask')];
    expect(holdOf(OUTLINE, 'ship', ...passed, skipped)).toBeUndefined();
    expect(holdOf(OUTLINE, 'ship', ...passed, skipped, started('ask', 2), ended('ask', 2))).toBe('Go');
  });

  test('whether it asks for an approval, a checklist or tasks', () => {
    const outline = outlineOf({ look: [], ask: [], ship: [] }, ['ask']);
    const list: RecordBody[] = [
      started('ask'),
      {
        kind: 'checklist-requested',
        checklist: 'c',
        name: 'List',
        step: 'ask',
        attempt: 1,
        phase: '',
        items: []
      }
    ];
    expect(holdOf(outline, 'ship')).toBe('List');
    expect(holdOf(outline, 'ship', ...list)).toBe('List');
    const done: RecordBody = { kind: 'checklist-closed', checklist: 'c', status: 'done' };
    expect(holdOf(outline, 'ship', ...list, done, ended('ask'))).toBeUndefined();
  });

  test('by another name than the text once called', () => {
    const other = outlineOf({ look: [], ask: ['Other'], ship: [] });
    expect(holdOf(other, 'ship', ...asked('approved'), ended('ask'))).toBeUndefined();
  });
});

describe('a request without a release locks wherever the notebook has gone', () => {
  const rejected = [...asked('rejected'), ended('ask', 1, 'rejected')];

  test.each<[string, Outline]>([
    ['its step is deleted', outlineOf({ look: [], ship: [] })],
    ['its step is moved behind', outlineOf({ look: [], ship: [], ask: ['Go'] })],
    ['its step asks no more', outlineOf({ look: [], ask: [], ship: [] })],
    ['its step and what it held are in front', outlineOf({ ship: [], ask: ['Go'], look: [] })]
  ])('%s', (_how, outline) => {
    expect(holdOf(outline, 'ship', ...rejected)).toBe('Go');
  });

  test('not what stood before it, nor what is put before it now', () => {
    expect(holdOf(outlineOf({ look: [], ship: [] }), 'look', ...rejected)).toBeUndefined();
    expect(holdOf(outlineOf({ mend: [], ask: ['Go'], ship: [] }), 'mend', ...rejected)).toBeUndefined();
    expect(holdOf(outlineOf({ mend: [], ship: [] }), 'mend', ...rejected)).toBe('Go');
  });

  test('and is named once for its step', () => {
    expect(unreleasedRequests(stateOf(...rejected)).map(({ name }) => name)).toEqual(['Go']);
    const again = [...rejected, ...asked('approved', 2), ended('ask', 2)];
    expect(unreleasedRequests(stateOf(...again))).toEqual([]);
  });
});

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a step with the id %s', id => {
  const bodies = [started(id), requested(id, 1, id), decided(id, 'approved', 1, id), ended(id)];

  test('is a step like any other', () => {
    const outline = outlineOf({});
    const own: Outline = {
      ...outline,
      phases: [
        {
          ...outline.phases[0]!,
          steps: [
            { id, title: id, holds: [id] },
            { id: 'ship', title: '', holds: [] }
          ]
        }
      ]
    };
    expect(lockOf(stateOf(), own, 'ship')?.hold).toBe(id);
    const state = stateOf(...bodies);
    expect(state.steps[id]?.status).toBe('passed');
    expect(state.steps['valueOf']).toBeUndefined();
    expect(lockOf(state, own, 'ship')).toBeUndefined();
  });

  test('as a kind of record changes nothing', () => {
    const state = emptyRunState();
    applyRecord(state, { seq: 1, at: '', prev: '', kind: id } as unknown as JournalRecord);
    expect(state).toEqual({ ...emptyRunState(), seq: 1, lastAt: '', latestAt: '' });
  });
});
