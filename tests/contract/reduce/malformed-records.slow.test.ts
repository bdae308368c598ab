// Records that somebody has changed: fields that are missing, of another type, and ids that every object has a member for. They change
// nothing but the number, whoever reads them, and verify names their line.
import { describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOfRecord } from '../../../contract/journal/fault-of-record.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { RECORD_TYPES } from '../../../contract/journal/record-shapes.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { emptyRunState, revivedState } from '../../../contract/state/state.js';
import { judgeJournal } from '../../../record/decisions/judge-journal.js';
import { reportOf } from '../../../lifecycle/report/report-run.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { summarizeRun } from '../../../lifecycle/status/summarize-run.js';
import { STATUS_FORMATS } from '../../../lifecycle/status/format/formats.js';
import { root } from '../../house/root.js';
import { filesOf, RUN } from '../../lifecycle/status/summaries.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import {
  ANN,
  decided,
  ended,
  KERNEL,
  OPENED,
  OUTLINE,
  requested,
  stamp,
  started
} from '../sample-journal.js';

jest.setTimeout(120_000);

const WRONG: readonly unknown[] = [null, 7, true, 'x', [], {}, [null], { kind: 'x' }, '__proto__', undefined];
const IDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'];

const RECORDS: readonly JournalRecord[] = stamp([
  { ...OPENED, run: RUN },
  KERNEL,
  { kind: 'outline', outline: OUTLINE },
  started('p1'),
  { kind: 'effect-started', effect: 'e1', step: 'p1', attempt: 1, helper: 'shell', label: 'x', request: {} },
  { kind: 'effect-ended', effect: 'e1', outcome: 'passed', durationMs: 1, result: null },
  { kind: 'checkpoint', name: 'a', step: 'p1' },
  { kind: 'rollback-registered', rollback: 'r1', name: 'u', step: 'p1' },
  ended('p1'),
  { kind: 'driver-changed', by: ANN, client: 'c', how: 'first', reason: '' },
  started('s1'),
  requested('s1'),
  decided('s1'),
  ended('s1'),
  { kind: 'note', text: 'x', step: 's1', by: ANN },
  { kind: 'step-skipped', step: 's2', by: ANN, reason: 'r' },
  { kind: 'checklist-requested', checklist: 'c', name: 'n', step: 'd1', attempt: 1, phase: 'p', items: [] },
  started('d1')
]);

/** One field of one record, at whatever depth, is another value. */
function changed(random: () => number): JournalRecord[] {
  const records = structuredClone(RECORDS) as unknown as { [key: string]: unknown }[];
  let place = records[1 + Math.floor(random() * (records.length - 1))]!;
  for (;;) {
    const keys = Object.keys(place).filter(key => !['seq', 'prev', 'at', 'kind'].includes(key));
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) {
      return records as unknown as JournalRecord[];
    }
    const value = place[key];
    if (typeof value !== 'object' || value === null || random() < 0.4) {
      place[key] = WRONG[Math.floor(random() * WRONG.length)];
      return records as unknown as JournalRecord[];
    }
    place = value as typeof place;
  }
}

test('one wrong field anywhere ends no reader', () => {
  const random = makeRandom(18);
  let seen = 0;
  for (let round = 0; round < rounds({ inTest: 600, inProof: 10_000 }); round++) {
    const records = JSON.parse(JSON.stringify(changed(random))) as JournalRecord[];
    const isSound = records.every(record => faultOfRecord(record) === null);
    // Commands refuse a run with such a record; the others have to be told, whatever they say.
    const files = { ...filesOf(isSound ? records : RECORDS), run: RUN };
    const summary = summarizeRun({ files, now: '2026-11-22T09:00:00.000Z', earlier: [] });
    Object.values(STATUS_FORMATS).forEach(write => expect(write(summary)).not.toBe(''));
    expect(reportOf(archiveFacts(files, []), null, '2026-11-22T09:00:00.000Z').title).not.toBe('');
    const { judged, faults } = judgeJournal(records);
    const isNamed = [...judged.faults, ...faults].some(({ code }) => code === 'journal.bad_record');
    expect(isNamed).toBe(!isSound);
    expect(foldJournal(records).seq).toBe(records.length);
    seen += Number(isNamed);
  }
  expect(seen).toBeGreaterThan(100);
});

describe.each(IDS)('the id %s', id => {
  test('is an id like every other one, before and after a clone', () => {
    const outline = { title: 'x', phases: [{ id, title: id, steps: [{ id, title: id, holds: [id] }] }] };
    const state = foldJournal(
      stamp([
        { ...OPENED, run: RUN },
        { kind: 'outline', outline },
        ended(id),
        started(id),
        { ...requested(id), approval: id } as never,
        { ...decided(id), approval: id } as never,
        { kind: 'effect-started', effect: id, step: id, attempt: 1, helper: 'shell', label: 'x', request: {} }
      ])
    );
    for (const each of [
      state,
      revivedState(structuredClone(state)),
      revivedState(JSON.parse(JSON.stringify(state)))
    ]) {
      expect(Object.keys(each.steps)).toEqual([id]);
      expect(each.steps[id]?.attempts).toHaveLength(1);
      expect(each.approvals[id]?.decisions).toHaveLength(1);
      expect(IDS.filter(other => other !== id && each.steps[other] !== undefined)).toEqual([]);
      expect(({} as { attempts?: unknown }).attempts).toBeUndefined();
    }
  });

  test('is no kind of a record', () => {
    expect(foldJournal(stamp([{ ...OPENED, run: RUN }, { kind: id } as never])).seq).toBe(2);
  });
});

test('every kind that is known has a shape, and sound records have no fault', () => {
  const kinds = [
    ...readFileSync(join(root, 'docs/journal.schema.json'), 'utf8').matchAll(/"kind": \{ "const": "([^"]+)"/g)
  ];
  expect(Object.keys(RECORD_TYPES).sort()).toEqual(
    [...new Set(kinds.map(([, kind]) => kind!))].filter(kind => kind in RECORD_TYPES).sort()
  );
  expect(Object.keys(RECORD_TYPES).length).toBeGreaterThan(50);
  expect(RECORDS.map(faultOfRecord)).toEqual(RECORDS.map(() => null));
});

test('every table of a state is one without members of its own', () => {
  const tables = Object.entries(emptyRunState()).filter(
    ([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && key !== 'outline'
  );
  expect(tables.length).toBeGreaterThan(7);
  expect(tables.filter(([, value]) => Object.getPrototypeOf(value) !== null)).toEqual([]);
});

test('a fault says which field has what', () => {
  const fault = (record: object): string | null => faultOfRecord(record as { kind: string });
  expect(fault({ kind: 'checkpoint', name: 7, step: 'a' })).toBe('name is a number, expected a text');
  expect(fault({ kind: 'note', text: '', step: null, by: { username: 'a', name: 'a' } })).toBe(
    'by.grade is missing'
  );
  expect(fault({ kind: 'resume-started', by: ANN, steps: ['a', 1] })).toBe(
    'steps[1] is a number, expected a text'
  );
  expect(fault({ kind: 'of-tomorrow' })).toBeNull();
});
