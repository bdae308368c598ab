// What is kept in the cell: `metadata.launchbook.attempts`, one compact record an execution, written once when it ended.
import type { TimingRecord } from '../../contract/notebook.js';

const KEPT_RECORDS = 10;
const OUTCOMES: ReadonlySet<string> = new Set(['passed', 'failed', 'rejected', 'inconclusive', 'aborted']);

/** The records in a cell's metadata under our key, oldest first. Damaged ones are left out. */
export function keptRecordsOf(ours: unknown): TimingRecord[] {
  const attempts = (ours as { attempts?: unknown } | null | undefined)?.attempts;
  return Array.isArray(attempts) ? attempts.filter(isRecord) : [];
}

/**
 * The value of our key with `record` added, or null when it is there already and nothing has to be written.
 * A record replaces one of the same attempt; the last ten stay.
 */
export function withRecord(ours: unknown, record: TimingRecord): { readonly [key: string]: unknown } | null {
  const before = keptRecordsOf(ours);
  if (before.some(kept => isSame(kept, record))) {
    return null;
  }
  const attempts = [...before.filter(kept => kept.n !== record.n), record]
    .sort((a, b) => a.n - b.n)
    .slice(-KEPT_RECORDS);
  return { ...(typeof ours === 'object' ? ours : {}), attempts };
}

function isRecord(value: unknown): value is TimingRecord {
  const record = value as Partial<TimingRecord> | null;
  return (
    typeof record === 'object' &&
    record !== null &&
    typeof record.n === 'number' &&
    typeof record.queued === 'string' &&
    typeof record.started === 'string' &&
    typeof record.ended === 'string' &&
    typeof record.by === 'string' &&
    OUTCOMES.has(String(record.outcome))
  );
}

function isSame(a: TimingRecord, b: TimingRecord): boolean {
  return a.n === b.n && a.started === b.started && a.ended === b.ended && a.outcome === b.outcome;
}
