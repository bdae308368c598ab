// What `launchbook run` looks at before a kernel is started: is it a run, does the phase exist, and in which mode is it run.
// The mode of a run never changes, so that another mode gets a copy of its own.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { Outline } from '../../contract/notebook/outline.js';
import type { RunInfo, RunMode } from '../../contract/base/run.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { environmentNames } from '../new/environment-names.js';
import { freshCopyOf } from '../new/fresh-copy.js';
import { currentPerson } from '../new/new-run.js';
import { notebookText } from '../notebook/notebook-text.js';
import { OWN_MODE } from '../notebook/write-atomically.js';
import { lookAtRun } from '../notebook/read-run.js';
import { refuseArchived } from '../notebook/refuse-archived.js';
import { refuse, refuseFaults, type Fault } from '../refused-error.js';

/** How a run is to be executed. */
export interface PrepareRequest {
  /** `rehearsal` or `dry-run`; another mode than the run's own makes a copy of the run. @default the run's own */
  readonly mode?: Exclude<RunMode, 'live'>;
  /** Title or id of the last phase that is executed. @default the last one */
  readonly until?: string;
  /** Why it begins anew without its journal, which is gone or broken. @default it does not */
  readonly anew?: string;
}

/** The run that is executed. */
export interface PreparedRun {
  /** Path of its notebook, absolute. */
  readonly path: string;
  readonly run: RunInfo;
  /** True when it was made now, beside the one that was asked for. */
  readonly isCopy: boolean;
}

/**
 * Checks what `launchbook run` was asked for. When the mode is not the run's own, the run's cells are copied into a new run
 * in that mode, in `FOLDER-MODE/` beside the run's folder (`FOLDER-MODE-2/` when there is one); the run itself stays untouched.
 *
 * @param path - The notebook of a run.
 * @throws RefusedError with every fault: no run, an unknown phase, a rehearsal in production. Nothing has been written then.
 * @throws LaunchbookError `journal.broken` when its journal was changed.
 * @example
 * await prepareRun('runs/2.4.0-production/release.ipynb', { mode: 'dry-run' })
 * // { path: '/srv/runbooks/runs/2.4.0-production-dry-run/release.ipynb', run: { mode: 'dry-run', … }, isCopy: true }
 */
export async function prepareRun(path: string, request: PrepareRequest): Promise<PreparedRun> {
  const { notebook, run, outline, state, fault } = lookAtRun(path);
  const doing = `Running ${path}`;
  if (run === null) {
    return refuse('run.none', doing, 'it is not the notebook of a run', 'Make one with launchbook new.');
  }
  const mode = request.mode ?? run.mode;
  if (mode === run.mode) {
    refuseArchived(doing, state);
  }
  if (fault && request.anew === undefined && mode === run.mode) {
    throw fault;
  }
  refuseFaults('run.refused', doing, [
    ...phaseFaults(outline, request.until),
    ...modeFaults(dirname(resolve(path)), run, mode)
  ]);
  return mode === run.mode
    ? { path: resolve(path), run, isCopy: false }
    : copyInMode(resolve(path), notebook, run, mode);
}

/** The fault of a phase that the run does not have. */
export function phaseFaults({ phases }: Outline, until: string | undefined): Fault[] {
  if (until === undefined || phases.some(({ id, title }) => until === title || until === id)) {
    return [];
  }
  const titles = phases.map(({ title }) => title);
  const text = `is "${until}": the run has the phases ${titles.join(', ') || 'none'}.${didYouMean(until, titles)}`;
  return [{ field: 'until', text }];
}

/** A rehearsal has real effects, without the questions that a live run in production asks first. */
function modeFaults(folder: string, { environment, runbook }: RunInfo, mode: RunMode): Fault[] {
  const known = environmentNames(folder, runbook);
  const isLower = known?.names.includes(environment) === true && !known.production.includes(environment);
  return mode === 'rehearsal' && !isLower
    ? [
        {
          field: 'mode',
          text: `is rehearsal, and ${environment} is production or in no launchbook.yml: expected a lower environment, because a rehearsal has real effects`
        }
      ]
    : [];
}

async function copyInMode(
  path: string,
  notebook: Notebook,
  before: RunInfo,
  mode: RunMode
): Promise<PreparedRun> {
  const run: RunInfo = {
    ...before,
    id: `${before.release}-${before.environment}-${randomBytes(3).toString('hex')}`,
    mode,
    createdAt: new Date().toISOString(),
    createdBy: await currentPerson(dirname(path))
  };
  const folder = firstFree(`${dirname(path)}-${mode}`);
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, basename(path));
  writeFileSync(copy, notebookText(freshCopyOf(notebook, run)), { flag: 'wx', mode: OWN_MODE });
  return { path: copy, run, isCopy: true };
}

function firstFree(folder: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? folder : `${folder}-${number}`;
    if (!existsSync(candidate)) {
      return candidate;
    }
  }
}
