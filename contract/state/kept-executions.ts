// What is kept in the cell: `metadata.launchbook.attempts`, one line an execution, written once when it ended.
// `metadata.launchbook.cell` says whose they are: a duplicate or the first half of a split cell carries a copy that is not its own.
import type { TimingRecord } from '../notebook/notebook.js';
import type { AttemptState } from './state.js';
import { parseTimingText, timingText } from '../notebook/timing-text.js';

const KEPT_EXECUTIONS = 10;

/** `metadata.launchbook` of a cell. */
type Ours = { readonly [key: string]: unknown };

/**
 * The records of the cell with this id in its metadata under our key, oldest first. Damaged ones are left out.
 *
 * @param ours - `metadata.launchbook` of the cell, whatever it holds.
 * @example
 * keptRecordsOf({ attempts: ['1 passed 2026-11-22T08:00:00.000Z +0 +1500 Ann Lee'], cell: 'deploy' }, 'deploy')
 * // [{ n: 1, queued: '2026-11-22T08:00:00.000Z', …, outcome: 'passed', by: 'Ann Lee' }]
 */
export function keptRecordsOf(ours: unknown, cell: string): TimingRecord[] {
  const { attempts } = (ours ?? {}) as Ours;
  return Array.isArray(attempts) && !isCopied(ours, cell)
    ? attempts.flatMap(line => parseTimingText(line) ?? [])
    : [];
}

/** The record of an attempt, or null while it has not ended. */
export function recordOfAttempt(attempt: AttemptState): TimingRecord | null {
  return attempt.endedAt === null || attempt.outcome === null
    ? null
    : {
        n: attempt.attempt,
        queued: attempt.queuedAt,
        started: attempt.startedAt,
        ended: attempt.endedAt,
        outcome: attempt.outcome,
        by: attempt.by.name || attempt.by.username
      };
}

/** True when the cell's metadata are a copy of another cell's. */
export function isCopied(ours: unknown, cell: string): boolean {
  const { cell: owner = cell } = (ours ?? {}) as Ours;
  return owner !== cell;
}

/**
 * The value of our key with `record` added, or null when it is there already and nothing has to be written.
 * A record replaces one of the same attempt; the last ten stay.
 */
export function withRecord(ours: unknown, cell: string, record: TimingRecord): Ours | null {
  const before = keptRecordsOf(ours, cell);
  const line = timingText(record);
  if (before.some(kept => timingText(kept) === line)) {
    return null;
  }
  const attempts = [...before.filter(kept => kept.n !== record.n), record]
    .sort((a, b) => a.n - b.n)
    .slice(-KEPT_EXECUTIONS)
    .map(timingText);
  return { ...(typeof ours === 'object' ? ours : {}), attempts, cell };
}

/** The value of our key without records: null when nothing was kept, undefined when nothing is left and the key can go. */
export function withoutRecords(ours: unknown): Ours | undefined | null {
  if (typeof ours !== 'object' || ours === null || !('attempts' in ours)) {
    return null;
  }
  const others = Object.entries(ours).filter(([key]) => key !== 'attempts' && key !== 'cell');
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}
