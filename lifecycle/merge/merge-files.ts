// What git calls to merge a notebook: three files, the result in the place of ours. A file that is no notebook with ids is merged as text,
// as git would do without us.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { askGit, GitError } from '../git/git.js';
import { notebookText } from '../notebook/notebook-text.js';
import { writeAtomically } from '../notebook/write-atomically.js';
import { refuseFaults } from '../refused-error.js';
import { mergeNotebooks, type MergeConflict, type MergeNotebook } from './merge-notebooks.js';
import { SIDES } from './merge-text.js';

/** Three versions of a file, by path. */
export interface MergeRequest {
  readonly base: string;
  /** Holds the result afterwards. */
  readonly ours: string;
  readonly theirs: string;
  /** Characters of a conflict marker. @default 7 */
  readonly markerSize?: number;
}

/** What came of it. */
export interface MergedFiles {
  /** True when nobody has to decide anything. */
  readonly isClean: boolean;
  /** False: one of the files is no notebook with ids, so the lines of the files were merged. */
  readonly isByCells: boolean;
  /** Empty when it was merged as text. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Merges `theirs` into `ours`.
 *
 * @throws RefusedError when one of them is no file.
 * @throws GitError when git cannot merge; then `ours` is as it was.
 * @example
 * await mergeFiles({ base: 'base.ipynb', ours: 'ours.ipynb', theirs: 'theirs.ipynb' })
 * // { isClean: true, isByCells: true, conflicts: [] }
 */
export async function mergeFiles({ base, ours, theirs, markerSize = 7 }: MergeRequest): Promise<MergedFiles> {
  refuseMissing({ base, ours, theirs });
  const notebooks = { base: baseOf(base), ours: notebookOf(ours), theirs: notebookOf(theirs) };
  if (notebooks.base === null || notebooks.ours === null || notebooks.theirs === null) {
    return {
      isClean: await mergeAsText({ base, ours, theirs, markerSize }),
      isByCells: false,
      conflicts: []
    };
  }
  const { notebook, conflicts } = await mergeNotebooks(
    { base: notebooks.base, ours: notebooks.ours, theirs: notebooks.theirs },
    { size: markerSize }
  );
  writeAtomically(ours, notebookText(notebook));
  return { isClean: conflicts.length === 0, isByCells: true, conflicts };
}

function refuseMissing(files: { readonly [role: string]: string }): void {
  const faults = Object.entries(files).flatMap(([role, path]) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isDirectory() === false
      ? []
      : [{ field: null, text: `${role}: ${path}: ${stat ? 'it is a folder' : 'there is no such file'}` }];
  });
  const hint = 'Give the three versions in this order: base, ours, theirs. The result replaces ours.';
  refuseFaults('merge.refused', 'Merging', faults, hint);
}

/** A notebook that both sides have added has an empty base. */
function baseOf(path: string): MergeNotebook | null {
  return readTextOfRun(path, 'notebook').trim() === ''
    ? { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }
    : notebookOf(path);
}

/** Null when cells cannot be told by their ids. */
function notebookOf(path: string): MergeNotebook | null {
  try {
    const notebook = JSON.parse(readTextOfRun(path, 'notebook')) as MergeNotebook;
    const ids = new Set(notebook.cells.map(({ id }) => id));
    const isWhole =
      notebook.nbformat === 4 &&
      notebook.nbformat_minor >= 5 &&
      ids.size === notebook.cells.length &&
      notebook.cells.every(({ id, source }) => typeof id === 'string' && isText(source));
    return isWhole ? { ...notebook, metadata: (notebook as Notebook).metadata ?? {} } : null;
  } catch {
    return null;
  }
}

function isText(source: unknown): boolean {
  return (
    typeof source === 'string' || (Array.isArray(source) && source.every(line => typeof line === 'string'))
  );
}

async function mergeAsText({ base, ours, theirs, markerSize }: Required<MergeRequest>): Promise<boolean> {
  const labels = [SIDES.ours, 'base', SIDES.theirs].flatMap(label => ['-L', label]);
  const files = [ours, base, theirs].map(path => resolve(path));
  const args = ['merge-file', `--marker-size=${markerSize}`, ...labels, ...files];
  const answer = await askGit('.', args);
  if (answer.code === null || answer.code > 127) {
    throw new GitError('.', args, answer);
  }
  return answer.code === 0;
}
