// The earlier runs of a runbook, as far as an estimate needs them: when each of their steps began, and when they ended.
import { resolve } from 'node:path';
import { summarizePhases } from '../../contract/phase-status.js';
import { lastAttemptOf } from '../../contract/state.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import { journalsBeside } from '../notebook/runs-beside.js';
import { hasPassed } from './run-outcome.js';

/** A run that came to its end. */
export interface EarlierRun {
  readonly id: string;
  readonly environment: string;
  /** When the last attempt of each step began, by the step's id: milliseconds since 1970. */
  readonly stepStartsMs: { readonly [step: string]: number };
  /** How long the last attempt of each step took, waits included, by the step's id. */
  readonly stepDurationsMs: { readonly [step: string]: number };
  /** When its last step ended: milliseconds since 1970. */
  readonly endedMs: number;
}

/** At most this many are read, the newest names first, so that a status stays quick in an old repository. */
const MOST_RUNS = 50;

/**
 * The runs of the same runbook that stand beside the folder of the run at `path` and have passed to their end. A run that
 * cannot be read is left out: an estimate is no reason to fail.
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
  return journalsBeside(path)
    .slice(0, MOST_RUNS)
    .map(journal => journal.replace(/\.journal\.jsonl$/, '.ipynb'))
    .filter(notebook => resolve(notebook) !== resolve(path))
    .flatMap(notebook => {
      const files = readRunOrNull(notebook);
      return files?.run && files.run.runbook === run.runbook ? (earlierRunOf(files) ?? []) : [];
    });
}

/** Null for a run that has not passed, or that says nothing about time. */
export function earlierRunOf(files: Pick<RunFiles, 'run' | 'state' | 'outline'>): EarlierRun | null {
  const { run, state, outline } = files;
  const attempts = outline.phases
    .flatMap(phase => phase.steps)
    .flatMap(({ id }) => {
      const attempt = lastAttemptOf(state, id);
      return attempt?.endedAt ? [{ id, attempt, endedMs: Date.parse(attempt.endedAt) }] : [];
    });
  if (!run || !hasPassed(summarizePhases(state, outline)) || attempts.length === 0) {
    return null;
  }
  return {
    id: run.id,
    environment: run.environment,
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
