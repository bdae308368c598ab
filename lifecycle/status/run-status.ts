// How far the run of a notebook is. Needs no kernel and changes nothing.
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { JournalLostError } from '../../record/errors/journal-lost-error.js';
import { lookAtRun } from '../notebook/read-run.js';
import { isHolderGone } from '../../record/journal/lock-holder.js';
import { findEarlierRuns, type EarlierRun } from '../facts/earlier-runs.js';
import type { RunGlance } from './glance-at-run.js';
import { summarizeRun, type RunSummary } from './summarize-run.js';

/** What may be given instead of being looked up. */
export interface StatusRequest {
  /** The time it is told for, ISO 8601 UTC. @default now */
  readonly now?: string;
  /** Runs that the expected end rests on. @default those beside the run's folder */
  readonly earlier?: readonly EarlierRun[];
  /** What is known of rehearsals, from `runRehearsals`. @default nothing */
  readonly rehearsals?: readonly PhaseRehearsal[];
  /** What its decisions do not carry, from `runObjections`. @default nothing */
  readonly objections?: readonly string[];
  /** What was seen of it. @default its journal is read */
  readonly glance?: Pick<RunGlance, 'files' | 'facts'> | undefined;
}

/**
 * The summary of the run of a notebook, read from its journal and from earlier runs of the same runbook.
 *
 * @param path - The notebook of the run.
 * @throws RefusedError when it is no notebook; LaunchbookError `journal.broken` when its journal was changed.
 * @example
 * runStatus('runs/2.4.0-staging/release.ipynb').health // { color: 'amber', reason: '“QA sign-off” waits for qa-lead (4 min 2 s)' }
 */
export function runStatus(path: string, request: StatusRequest = {}): RunSummary {
  const files = request.glance?.files ?? lookAtRun(path);
  // What was changed or cannot be read tells nothing at all; a journal that is lost makes the run red.
  if (files.fault && !(files.fault instanceof JournalLostError)) {
    throw files.fault;
  }
  return summarizeRun({
    files,
    ...(request.glance && { facts: request.glance.facts }),
    lost: files.fault && files.fault.message,
    abandoned: isHolderGone(files.journalPath) ? path : null,
    rehearsals: request.rehearsals ?? [],
    objections: request.objections ?? [],
    earlier: request.earlier ?? findEarlierRuns(path, files.run),
    now: request.now ?? new Date().toISOString()
  });
}
