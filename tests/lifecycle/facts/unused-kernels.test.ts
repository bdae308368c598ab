// Kernels in which nothing was done, as an archive and a report leave them out.
import { expect, test } from '@jest/globals';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { lastDoneAt, unusedKernels } from '../../../lifecycle/facts/unused-kernels.js';

const RECORDS = (
  [
    'journal-opened',
    'kernel-started',
    'outline',
    'attempt-started',
    'attempt-ended',
    'kernel-started',
    'outline',
    'kernel-started',
    'resume-started',
    'resume-ended',
    'kernel-started',
    'run-archived',
    'kernel-started'
  ] as const
).map((kind, seq) => ({
  kind,
  seq,
  at: `2026-11-22T08:00:${String(seq).padStart(2, '0')}.000Z`
})) as JournalRecord[];

test('only who did something after the kernel was started is told', () => {
  expect([...unusedKernels(RECORDS.slice(0, 11))].sort((a, b) => a - b)).toEqual([5, 10]);
});

test('a run ends with what was done last, not with who looked at it later, nor with its archive', () => {
  expect(lastDoneAt(RECORDS.slice(0, 11))).toBe('2026-11-22T08:00:09.000Z');
  expect(lastDoneAt(RECORDS)).toBe('2026-11-22T08:00:09.000Z');
  expect(lastDoneAt([])).toBeNull();
});
