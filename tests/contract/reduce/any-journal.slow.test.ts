// Whatever stands in a journal, the fold gives a state, and record by record gives the same as all at once.
import { describe, expect, test } from '@jest/globals';
import type { JournalRecord, RecordBody } from '../../../contract/journal/journal.js';
import { applyRecord, foldJournal } from '../../../contract/reduce/reduce.js';
import { emptyRunState } from '../../../contract/state/state.js';
import { receiptOf, RULE, STEPS as REHEARSED } from '../rehearsal/receipts.js';
import {
  ANN,
  KERNEL,
  OUTLINE,
  RUN_OPENED,
  decided,
  ended,
  requested,
  stamp,
  started
} from '../sample-journal.js';

const STEPS = ['p1', 's1', 's2', 'd1', 'unknown'];
const PHASES = ['prepare', 'deploy', 'unknown'];
const ADMITTED = { title: 'Deploy', rule: RULE, steps: REHEARSED };
const OUTCOMES = ['passed', 'failed', 'rejected', 'inconclusive'] as const;

describe('any sequence of records', () => {
  test('folds without throwing at every prefix, and incrementally as at once', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const records = randomJournal(seed);
      const growing = emptyRunState();
      records.forEach((record, index) => {
        applyRecord(growing, record);
        if (index % 7 === 0) {
          expect(foldJournal(records.slice(0, index + 1))).toEqual(growing);
        }
      });
      expect(foldJournal(records)).toEqual(growing);
    }
  });

  test('a record that comes twice, or of a kind that is not known yet, changes nothing but the number', () => {
    const records = randomJournal(7);
    const state = foldJournal(records);
    records.forEach(record => applyRecord(state, record));
    expect(state).toEqual(foldJournal(records));
    const unknown = {
      ...records.at(-1)!,
      seq: state.seq + 1,
      kind: 'of-tomorrow'
    } as unknown as JournalRecord;
    applyRecord(state, unknown);
    expect(state).toEqual({ ...foldJournal(records), seq: unknown.seq });
  });
});

function randomJournal(seed: number): JournalRecord[] {
  let word = seed * 2654435761;
  const below = (limit: number): number => {
    word = (Math.imul(word ^ (word >>> 15), 2246822519) + 3266489917) >>> 0;
    return word % limit;
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const makers: (() => RecordBody)[] = [
    () => started(pick(STEPS), 1 + below(3)),
    () => ended(pick(STEPS), 1 + below(3), pick(OUTCOMES)),
    () => requested(pick(STEPS)),
    () => decided(pick(STEPS), pick(['approved', 'rejected'] as const)),
    () => KERNEL,
    () => ({ kind: 'phase-admitted', ...ADMITTED, phase: pick(PHASES), receipt: receiptOf(), by: ANN }),
    () => ({
      kind: 'phase-released',
      ...ADMITTED,
      phase: pick(PHASES),
      missing: ['x'],
      by: ANN,
      reason: 'the fix cannot wait'
    }),
    () => ({ kind: 'executor-replaced', reason: 'died' }),
    () => ({ kind: 'outline', outline: OUTLINE }),
    () => ({
      kind: 'effect-started',
      effect: `e${below(5)}`,
      step: pick(STEPS),
      attempt: 1,
      helper: 'shell',
      label: 'x',
      request: {}
    }),
    () => ({ kind: 'effect-ended', effect: `e${below(5)}`, outcome: 'passed', durationMs: 1, result: null }),
    () => ({
      kind: 'effect-judged',
      effect: `e${below(5)}`,
      judgement: pick(['passed', 'failed', 'again'] as const),
      by: ANN,
      reason: ''
    }),
    () => ({ kind: 'checkpoint', name: pick(['a', 'b']), step: pick(STEPS) }),
    () => ({
      kind: 'rollback-registered',
      rollback: `r${below(4)}`,
      name: pick(['u', 'v']),
      step: pick(STEPS)
    }),
    () => ({ kind: 'rollback-started', rollback: `r${below(4)}`, step: pick(STEPS) }),
    () => ({ kind: 'rollback-ended', rollback: `r${below(4)}`, outcome: pick(OUTCOMES) }),
    () => ({ kind: 'resume-started', by: ANN, steps: STEPS }),
    () => ({ kind: 'step-replayed', step: pick(STEPS), attempt: 1, durationMs: 1 }),
    () => ({ kind: 'resume-ended', outcome: pick(OUTCOMES) }),
    () => ({ kind: 'recovery-discarded', from: pick([...STEPS, null]), by: ANN, reason: 'r' }),
    () => ({ kind: 'step-skipped', step: pick(STEPS), by: ANN, reason: 'r' }),
    () => ({
      kind: 'rolled-back',
      ...pick([
        { checkpoint: pick(['a', 'c']), step: null },
        { checkpoint: null, step: pick(STEPS) },
        { step: null }
      ]),
      by: ANN,
      reason: 'r',
      steps: [pick(STEPS)],
      approvals: []
    }),
    () => ({
      kind: 'rewound',
      checkpoint: pick(['a', 'c']),
      by: ANN,
      reason: '',
      steps: [pick(STEPS)],
      approvals: []
    })
  ];
  return stamp([RUN_OPENED, ...Array.from({ length: 60 }, () => pick(makers)())]);
}
