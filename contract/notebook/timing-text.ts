// One attempt as one line of text, as it stands in `metadata.launchbook.attempts` of a cell. A line, because a notebook writes
// an object as one line a field, and whoever reads the diff of a release reads all of them.
import type { TimingRecord } from './notebook.js';

const OUTCOMES: ReadonlySet<string> = new Set(['passed', 'failed', 'rejected', 'inconclusive', 'aborted']);
const LINE = /^(\d+) ([a-z]+) (\d{4}-\d\d-\d\dT\S+Z) \+(\d+) \+(\d+)(?: (.*))?$/s;

/**
 * The line of a record: attempt, outcome, when it was queued, milliseconds until it started, milliseconds until it ended, person.
 *
 * @example
 * timingText({ n: 2, queued: '2026-11-22T08:00:00.000Z', started: '2026-11-22T08:00:03.000Z',
 *   ended: '2026-11-22T08:00:15.300Z', outcome: 'passed', by: 'Ann Lee' })
 * // '2 passed 2026-11-22T08:00:00.000Z +3000 +12300 Ann Lee'
 */
export function timingText(record: TimingRecord): string {
  const queued = Date.parse(record.queued);
  const started = Date.parse(record.started);
  const waitedMs = Math.max(0, started - queued);
  const tookMs = Math.max(0, Date.parse(record.ended) - started);
  return `${record.n} ${record.outcome} ${new Date(queued).toISOString()} +${waitedMs} +${tookMs} ${record.by}`.trimEnd();
}

/**
 * The record of a line, or null when `line` is none. Times have milliseconds; an object of the same fields is taken as it is.
 *
 * @example
 * parseTimingText('1 failed 2026-11-22T08:00:00.000Z +0 +1500 Bo')
 * // { n: 1, queued: '…08:00:00.000Z', started: '…08:00:00.000Z', ended: '…08:00:01.500Z', outcome: 'failed', by: 'Bo' }
 */
export function parseTimingText(line: unknown): TimingRecord | null {
  if (typeof line !== 'string') {
    return isRecord(line) ? line : null;
  }
  const [, n, outcome, queued, waitedMs, tookMs, by = ''] = LINE.exec(line) ?? [];
  const queuedMs = Date.parse(queued ?? '');
  if (outcome === undefined || !OUTCOMES.has(outcome) || Number.isNaN(queuedMs)) {
    return null;
  }
  const startedMs = queuedMs + Number(waitedMs);
  return {
    n: Number(n),
    queued: new Date(queuedMs).toISOString(),
    started: new Date(startedMs).toISOString(),
    ended: new Date(startedMs + Number(tookMs)).toISOString(),
    outcome: outcome as TimingRecord['outcome'],
    by
  };
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
