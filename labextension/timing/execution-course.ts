// The course of one execution as the page sees it: scheduled, begun, ended. What JupyterLab and kernels tell, in whatever
// order and however much of it is missing, becomes one of a few states; an execution that is over does not change any more.
import { isInterruption, type WatchedExecution } from './cell-timing.js';
import { asUtc } from './core-timing.js';

/** What `NotebookActions.executed` tells. */
export interface Executed {
  readonly success: boolean;
  /** Undefined also for cells that were not run because an earlier one failed, and under server-side execution. */
  readonly errorName: string | undefined;
}

/** What an `execute_reply` tells. */
export interface Reply {
  readonly status: unknown;
  readonly errorName: string | undefined;
  /** `metadata.started`, which IPython's kernel and ours send. */
  readonly started: unknown;
  /** `metadata.refused`: true when our kernel did not let the cell in, so that nothing of it has run. */
  readonly refused: unknown;
  /** `header.date`. */
  readonly date: unknown;
}

/**
 * Only the page knows when a cell was queued: a kernel gets the cell when its turn comes.
 *
 * @param isSent - False when JupyterLab has no kernel to send the cell to.
 */
export function scheduled(
  now: string,
  by: string,
  attemptsBefore: number,
  isSent: boolean
): WatchedExecution {
  return { queued: now, started: null, ended: null, status: 'queued', by, attemptsBefore, isSent };
}

/** The kernel has begun: `date` is that of its `execute_input`. */
export function begun(before: WatchedExecution, date: unknown, now: string): WatchedExecution {
  return isOver(before) ? before : { ...before, started: asUtc(date) ?? now, status: 'running' };
}

/** The kernel has answered: the best that can be known. */
export function replied(before: WatchedExecution, reply: Reply, now: string): WatchedExecution {
  return end(before, statusOf(reply), asUtc(reply.started), asUtc(reply.date) ?? now);
}

/** JupyterLab has told the end; it comes after the reply, or alone where a server executes. */
export function executed(
  before: WatchedExecution,
  { success, errorName }: Executed,
  now: string
): WatchedExecution {
  // A cell that never reached the kernel because an earlier one failed reports no success and no name of an error. One for which
  // there was no kernel reports success.
  const hasRun = before.started !== null || (before.isSent && (success || Boolean(errorName)));
  return end(before, !hasRun ? 'aborted' : success ? 'passed' : failureOf(errorName), null, now);
}

/** The kernel is gone, and JupyterLab tells nothing about what it ran. */
export function abandoned(before: WatchedExecution, now: string): WatchedExecution {
  return end(before, before.started === null ? 'aborted' : 'inconclusive', null, now);
}

export function isOver(execution: WatchedExecution): boolean {
  return execution.ended !== null;
}

const HAS_NOT_RUN: ReadonlySet<WatchedExecution['status']> = new Set(['aborted', 'refused']);

function end(
  before: WatchedExecution,
  status: WatchedExecution['status'],
  started: string | null,
  ended: string
): WatchedExecution {
  return isOver(before)
    ? before
    : {
        ...before,
        status,
        started: HAS_NOT_RUN.has(status) ? null : (started ?? before.started ?? before.queued),
        ended
      };
}

function statusOf({ status, refused, errorName }: Reply): WatchedExecution['status'] {
  if (refused === true) {
    return 'refused';
  }
  return status === 'ok' ? 'passed' : status === 'error' ? failureOf(errorName) : 'aborted';
}

function failureOf(error: string | undefined): 'interrupted' | 'failed' {
  return isInterruption(error) ? 'interrupted' : 'failed';
}
