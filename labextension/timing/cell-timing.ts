// When a cell ran, from the best source there is: the kernel's journal, this page's own watch, or what is kept in the cell.
import { recordOfAttempt } from '../../contract/state/kept-executions.js';
import type { TimingRecord } from '../../contract/notebook/notebook.js';
import type { AttemptState, StepState } from '../../contract/state/state.js';
import type { StatusName } from '../page/status-look.js';

/** One execution as the timestamps show it. Times are ISO 8601 UTC. */
export interface CellTiming {
  readonly status: StatusName;
  /** Attempt number, 1-based; 0 when it is not known. */
  readonly attempt: number;
  readonly queued: string;
  readonly started: string | null;
  readonly ended: string | null;
  readonly by: string;
  /** Since when people are awaited; absent while nobody is. */
  readonly waitingSince?: string;
  /** Earlier executions, oldest first. */
  readonly earlier: readonly TimingRecord[];
}

/** An execution that this page asked for, as seen from the page. */
export interface WatchedExecution {
  readonly queued: string;
  readonly started: string | null;
  readonly ended: string | null;
  readonly status:
    'queued' | 'running' | 'passed' | 'failed' | 'interrupted' | 'inconclusive' | 'aborted' | 'refused';
  readonly by: string;
  /** How many attempts the journal had when it was queued. */
  readonly attemptsBefore: number;
  /** False when there was no kernel to send it to: it has not run, whatever JupyterLab says of it. */
  readonly isSent: boolean;
}

/**
 * The timing to show, or null when the cell never ran. `step` is the kernel's; `kept` comes from the cell's metadata, and
 * `core` is what JupyterLab recorded there, which counts only where nothing of ours is known. `told`: how the step stands now; without it
 * the status is how its last attempt ended, which what happened since does not change.
 */
export function cellTimingOf(
  step: StepState | undefined,
  watched: WatchedExecution | undefined,
  kept: readonly TimingRecord[],
  core: TimingRecord | null = null,
  told?: StatusName | null
): CellTiming | null {
  const attempts = step?.attempts ?? [];
  if (watched && attempts.length <= watched.attemptsBefore) {
    return timingOfWatched(watched, attempts.length > 0 ? recordsOf(attempts) : withoutSelf(kept, watched));
  }
  const last = attempts.at(-1);
  if (step && last) {
    return timingOfAttempt(step, last, recordsOf(attempts.slice(0, -1)), told);
  }
  const lastKept = kept.at(-1) ?? core;
  return lastKept ? timingOfRecord(lastKept, kept.slice(0, -1)) : null;
}

/** An error that says the cell was stopped by a person and not by itself. */
export function isInterruption(name: string | undefined): boolean {
  return name !== undefined && /interrupt/i.test(name);
}

/** An execution that is kept already is not one of the earlier ones. */
function withoutSelf(kept: readonly TimingRecord[], watched: WatchedExecution): TimingRecord[] {
  return kept.filter(record => record.queued !== watched.queued);
}

function recordsOf(attempts: readonly AttemptState[]): TimingRecord[] {
  return attempts.flatMap(attempt => recordOfAttempt(attempt) ?? []);
}

function timingOfAttempt(
  step: StepState,
  attempt: AttemptState,
  earlier: readonly TimingRecord[],
  told?: StatusName | null
): CellTiming {
  const running = step.status === 'waiting' ? 'waiting' : 'running';
  return {
    status: attempt.outcome === null ? running : (told ?? attempt.outcome),
    attempt: attempt.attempt,
    queued: attempt.queuedAt,
    started: attempt.startedAt,
    ended: attempt.endedAt,
    by: attempt.by.name || attempt.by.username,
    earlier
  };
}

function timingOfWatched(watched: WatchedExecution, earlier: readonly TimingRecord[]): CellTiming {
  const { status, queued, started, ended, by } = watched;
  // What the kernel refused is no attempt: the journal does not count it either.
  const attempt = status === 'refused' ? 0 : (earlier.at(-1)?.n ?? 0) + 1;
  return { status, attempt, queued, started, ended, by, earlier };
}

function timingOfRecord(record: TimingRecord, earlier: readonly TimingRecord[]): CellTiming {
  const { outcome, n, queued, started, ended, by } = record;
  return {
    status: outcome,
    attempt: n,
    queued,
    started: outcome === 'aborted' ? null : started,
    ended,
    by,
    earlier
  };
}
