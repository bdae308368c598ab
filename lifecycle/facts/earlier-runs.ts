// The earlier runs of a runbook, as far as an estimate needs them: when each of their steps began, and when they ended. Only runs of the same
// kind say anything: a dry run does nothing, a rehearsal elsewhere has other machines.
import { dirname, resolve } from 'node:path';
import type { RunInfo, RunMode } from '../../contract/base/run.js';
import { lastAttemptOf } from '../../contract/state/state.js';
import { productionEnvironments } from '../../record/profile/production-environments.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import { journalsBeside } from '../notebook/runs-beside.js';
import { hasPassed } from '../../contract/state/run-outcome.js';
import { rememberRuns } from './run-memory.js';
import { toldPhases } from '../../contract/state/told-status.js';

/** A run that came to its end. */
export interface EarlierRun {
  readonly runbook: string;
  readonly environment: string;
  readonly mode: RunMode;
  /** When the last attempt of each step began, by the step's id: milliseconds since 1970. */
  readonly stepStartsMs: { readonly [step: string]: number };
  /** How long the last attempt of each step took, waits included, by the step's id. */
  readonly stepDurationsMs: { readonly [step: string]: number };
  /** When its last step ended: milliseconds since 1970. */
  readonly endedMs: number;
}

/** At most this many are looked at, the newest names first, so that a status stays quick in an old repository. */
const MOST_RUNS = 50;

/**
 * The runs of the same runbook and kind that stand beside the folder of the run at `path` and have passed to their end. Of the same kind are
 * runs in the same mode, in an environment of the same class: production, or not. A run that cannot be read is left out: an estimate is no
 * reason to fail. What has not changed since it was read last is not read again.
 *
 * @param path - The notebook of the run that is estimated; it is never part of the answer.
 * @param run - What it is a run of. @default read from its notebook
 * @example
 * findEarlierRuns('runs/2.4.0-staging/release.ipynb').length // 3
 */
export function findEarlierRuns(path: string, run = readRunOrNull(path)?.run ?? null): EarlierRun[] {
  if (!run) {
    return [];
  }
  const notebooks = journalsBeside(path)
    .slice(0, MOST_RUNS)
    .map(journal => journal.replace(/\.journal\.jsonl$/, '.ipynb'))
    .filter(notebook => resolve(notebook) !== resolve(path));
  const isSameKind = kindOf(dirname(resolve(path)), run);
  const read = (notebook: string): EarlierRun | null => {
    const files = readRunOrNull(notebook);
    return files && earlierRunOf(files);
  };
  return rememberRuns(notebooks, read).filter(isSameKind);
}

/** Tells whether another run is of the same kind. Where no launchbook.yml says what is production, only the same name counts. */
function kindOf(folder: string, run: RunInfo): (other: EarlierRun) => boolean {
  const production = productionEnvironments(folder);
  const isProduction = production?.has(run.environment);
  return ({ runbook, environment, mode }) =>
    runbook === run.runbook &&
    mode === run.mode &&
    (environment === run.environment ||
      (isProduction !== undefined && production?.has(environment) === isProduction));
}

/** Null for a run that has not passed, or that says nothing about time. */
export function earlierRunOf({ run, state, outline }: RunFiles): EarlierRun | null {
  const attempts = outline.phases
    .flatMap(phase => phase.steps)
    .flatMap(({ id }) => {
      const attempt = lastAttemptOf(state, id);
      return attempt?.endedAt ? [{ id, attempt, endedMs: Date.parse(attempt.endedAt) }] : [];
    });
  if (!run || !hasPassed(toldPhases(state, outline)) || attempts.length === 0) {
    return null;
  }
  return {
    runbook: run.runbook,
    environment: run.environment,
    mode: run.mode,
    stepStartsMs: Object.fromEntries(attempts.map(({ id, attempt }) => [id, Date.parse(attempt.startedAt)])),
    stepDurationsMs: Object.fromEntries(attempts.map(({ id, attempt }) => [id, attempt.durationMs ?? 0])),
    endedMs: Math.max(...attempts.map(({ endedMs }) => endedMs))
  };
}

function readRunOrNull(path: string): RunFiles | null {
  try {
    return readRun(path);
  } catch {
    return null;
  }
}

/**
 * The value that `share` (0 to 1) of the sorted `values` do not exceed: the nearest rank.
 *
 * @example
 * quantile([10, 20, 30], 0.5) // 20
 */
export function quantile(values: readonly number[], share: number): number {
  return values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
}
