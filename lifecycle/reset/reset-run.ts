// Gives a run its fresh copy again. What it was before stays beside it as an attempt: nothing recorded is ever lost.
// Order: the old notebook is copied first and replaced last, so that a crash in between leaves every file in reach.
import { randomBytes } from 'node:crypto';
import { copyFileSync, constants, existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { journalPathOf, runOf, type Notebook } from '../../contract/notebook/notebook.js';
import type { RunInfo } from '../../contract/base/run.js';
import { adoptJournal } from '../../record/journal/adopt-journal.js';
import { placeOfJournal } from '../../record/journal/find-journal.js';
import { takeLock } from '../../record/journal/lock-file.js';
import { freshCopyOf } from '../new/fresh-copy.js';
import { guessesOf, guessFaults } from '../new/guess-faults.js';
import { isProduction } from '../new/name-faults.js';
import { currentPerson } from '../new/new-run.js';
import { isBelowGit, uncommittedParts } from '../new/template-origin.js';
import { withParameters } from '../notebook/parameters.js';
import { notebookText } from '../notebook/notebook-text.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { writeAtomically } from '../notebook/write-atomically.js';
import { refuseFaults } from '../refused-error.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { findTemplate, type FoundTemplate } from '../git/find-template.js';

/** Which template the fresh copy is taken from. */
export interface ResetRequest {
  /** True: the template as it is committed now, instead of the commit that the run was made from. @default false */
  readonly latest?: boolean;
}

/** A run that was set back to its beginning. */
export interface ResetRun {
  /** Path of the run's notebook, absolute. */
  readonly path: string;
  /** The new identity: a new id, the same release, environment, mode and parameters. */
  readonly run: RunInfo;
  /** Paths of what was kept, absolute: notebook, journal, outputs of the old attempt. */
  readonly kept: readonly string[];
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Makes a fresh copy in place of a run, with a new id, and keeps the old attempt beside it as `NAME.attempt-1.ipynb`,
 * `NAME.attempt-1.journal.jsonl` and so on.
 *
 * @param path - The notebook of the run.
 * @throws RefusedError when it is no run, or its template cannot be found any more.
 * @throws JournalLockedError when a kernel has the run open. Nothing has been changed then.
 * @example
 * await resetRun('runs/2.4.0-staging/release.ipynb')
 * // { path: '…/release.ipynb', run: { id: '2.4.0-staging-81ab02', … }, kept: ['…/release.attempt-1.ipynb', …], notes: [] }
 */
export async function resetRun(path: string, request: ResetRequest): Promise<ResetRun> {
  const notebook = readNotebook(path);
  const before = runOf(notebook);
  if (before === null) {
    return refuseNoRun('reset.refused', `Resetting ${path}`);
  }
  const template = await findTemplate(path, before, request.latest ?? false);
  const uncommitted = await uncommittedIn(path, before, template);
  const { runbook, release, environment, mode, parameters } = before;
  const guessed = {
    cells: template.notebook.cells,
    isProduction: isProduction(dirname(resolve(path)), environment, runbook),
    mode,
    reason: before.guesses?.reason
  };
  refuseFaults('reset.refused', `Resetting ${path}`, guessFaults(guessed));
  const run: RunInfo = {
    id: `${release}-${environment}-${randomBytes(3).toString('hex')}`,
    runbook,
    commit: template.commit,
    release,
    environment,
    mode,
    createdAt: new Date().toISOString(),
    createdBy: await currentPerson(dirname(resolve(path))),
    parameters,
    ...guessesOf(guessed),
    ...(before.commandsIn && { commandsIn: before.commandsIn }),
    ...(uncommitted.length > 0 ? { uncommitted } : {})
  };
  await adoptJournal(placeOfJournal(path, before));
  const cells = withParameters(template.notebook.cells, run.parameters);
  const kept = await replaceRun(path, freshCopyOf({ ...template.notebook, cells }, run));
  return { path: resolve(path), run, kept, notes: template.notes };
}

/** Paths of what the fresh copy is made of and no commit holds as it is. */
async function uncommittedIn(
  path: string,
  { runbook }: RunInfo,
  { commit, notebook }: FoundTemplate
): Promise<string[]> {
  const folder = dirname(resolve(path));
  const parts = await uncommittedParts(resolve(path), notebook.cells, folder, runbook);
  return [...(commit === null && isBelowGit(folder) ? [runbook] : []), ...parts.map(part => part.path)];
}

/** Under the journal's lock, so that no kernel writes into what is moved. */
async function replaceRun(path: string, fresh: Notebook): Promise<string[]> {
  const lock = await takeLock(journalPathOf(path, true), new Date().toISOString());
  try {
    const folder = dirname(resolve(path));
    const name = basename(path, '.ipynb');
    const attempt = firstFreeAttempt(folder, name);
    const notebook = join(folder, `${attempt}.ipynb`);
    copyFileSync(path, notebook, constants.COPYFILE_EXCL);
    const kept = companionsOf(folder, name).map(file => {
      const target = join(folder, `${attempt}${file.slice(name.length)}`);
      renameSync(join(folder, file), target);
      return target;
    });
    writeAtomically(path, notebookText(fresh));
    return [notebook, ...kept];
  } finally {
    await lock.release();
  }
}

function firstFreeAttempt(folder: string, name: string): string {
  for (let number = 1; ; number++) {
    const attempt = `${name}.attempt-${number}`;
    if (!existsSync(join(folder, `${attempt}.ipynb`))) {
      return attempt;
    }
  }
}

/** Everything that belongs to the run beside its notebook: journal, torn lines, outputs, signatures. */
function companionsOf(folder: string, name: string): string[] {
  return readdirSync(folder).filter(
    file =>
      file.startsWith(`${name}.`) &&
      file !== `${name}.ipynb` &&
      !file.startsWith(`${name}.attempt-`) &&
      !file.includes('.journal.jsonl.lock')
  );
}
