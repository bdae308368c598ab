// Where a run stands, read from its journal. Needs no kernel and changes nothing.
import { summarizePhases, type PhaseSummary } from '../../contract/phase-status.js';
import type { RunInfo } from '../../contract/run.js';
import { readRun } from '../notebook/read-run.js';
import { outcomeOf, type RunOutcome } from './run-summary.js';

/** A run as its journal tells it. */
export interface RunStatus {
  /** The notebook's path as it was given. */
  readonly notebook: string;
  /** The run's identity, or null in a scratch notebook. */
  readonly run: RunInfo | null;
  /** Records in the journal. */
  readonly records: number;
  /** Time of the last record, ISO 8601 UTC; null when nothing has run yet. */
  readonly lastAt: string | null;
  /** True when a crash cut off the journal's last line; what stands before it counts. */
  readonly isTorn: boolean;
  readonly outcome: RunOutcome;
  readonly phases: readonly PhaseSummary[];
}

/**
 * Where the run of a notebook stands.
 *
 * @param path - The notebook of the run.
 * @throws RefusedError when it is no notebook; LaunchbookError `journal.broken` when its journal was changed.
 * @example
 * runStatus('runs/2.4.0-staging/release.ipynb').outcome // 'held'
 */
export function runStatus(path: string): RunStatus {
  const { run, state, outline, torn } = readRun(path);
  const phases = summarizePhases(state, outline);
  return {
    notebook: path,
    run,
    records: state.seq,
    lastAt: state.lastAt,
    isTorn: torn !== null,
    outcome: outcomeOf(phases),
    phases
  };
}
