// Where the run of a notebook stands now. Needs no kernel and changes nothing.
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { readRun } from '../notebook/read-run.js';
import { isProcessGone } from './gone-process.js';
import { findEarlierRuns, type EarlierRun } from './earlier-runs.js';
import { summarizeRun, type RunSummary } from './summarize-run.js';

/** What may be given instead of being looked up. */
export interface StatusRequest {
  /** The time it is told for, ISO 8601 UTC. @default now */
  readonly now?: string;
  /** Runs that the expected end rests on. @default those beside the run's folder */
  readonly earlier?: readonly EarlierRun[];
  /** What is known of rehearsals, from `runRehearsals`. @default nothing */
  readonly rehearsals?: readonly PhaseRehearsal[];
}

/**
 * The summary of the run of a notebook, read from its journal and from earlier runs of the same runbook.
 *
 * @param path - The notebook of the run.
 * @throws RefusedError when it is no notebook; LaunchbookError `journal.broken` when its journal was changed.
 * @example
 * runStatus('runs/2.4.0-staging/release.ipynb').health // { color: 'amber', reason: '“QA sign-off” waits for qa-lead for 4 min 2 s' }
 */
export function runStatus(path: string, request: StatusRequest = {}): RunSummary {
  const { run, state, outline, torn, journalPath } = readRun(path);
  return summarizeRun({
    run,
    state,
    outline,
    isTorn: torn !== null,
    abandoned: isProcessGone(journalPath) ? path : null,
    rehearsals: request.rehearsals ?? [],
    earlier: request.earlier ?? findEarlierRuns(path, run),
    now: request.now ?? new Date().toISOString()
  });
}
