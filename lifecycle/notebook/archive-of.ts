// Is a run archived? Its journal says so. Archives of earlier versions are known by what they wrote beside the notebook and into it, as long
// as no step has begun since; where only a part of that is left, the run counts as archived.
import type { JournalRecord } from '../../contract/journal/journal.js';
import { manifestPathOf } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { ArchivedState } from '../../contract/state/state.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { markOf } from './archive-marks.js';

/** What the notebook at `path` says. */
export interface NotebookAt {
  readonly path: string;
  /** Null in a scratch notebook, which is never archived. */
  readonly run: RunInfo | null;
  readonly cells: readonly OutlineCell[];
}

/** Since when the run with these records is archived; null when it is open. */
export function archiveOf(notebook: NotebookAt, records: readonly JournalRecord[]): ArchivedState | null {
  const last = records.findLast(({ kind }) => kind === 'run-archived' || kind === 'run-reopened');
  if (last?.kind === 'run-archived') {
    return { by: last.by, at: last.at };
  }
  const isAnew = records[0]?.kind === 'journal-opened' && records[0].anew !== undefined;
  if (last !== undefined || isAnew || !looksArchived(notebook)) {
    return null;
  }
  const count = recordsInManifest(notebook) ?? records.length;
  const hasGoneOn = records.slice(count).some(({ kind }) => kind === 'attempt-started');
  const end = records[Math.min(count, records.length) - 1];
  return hasGoneOn || end === undefined ? null : { by: null, at: end.at };
}

/** True when something stands beside the notebook or in it that only an archive writes. The journal may say that the run was reopened. */
export function looksArchived({ path, run, cells }: NotebookAt): boolean {
  const isMarked = cells.some(({ metadata }) => markOf(metadata) === 'summary');
  return run !== null && (isMarked || manifestOf(path)?.run === run.id);
}

/** How many records were archived; null when no manifest of this run says so. */
function recordsInManifest({ path, run }: NotebookAt): number | null {
  const manifest = manifestOf(path);
  return manifest?.run === run?.id && typeof manifest?.journal?.records === 'number'
    ? manifest.journal.records
    : null;
}

function manifestOf(
  path: string
): { readonly run?: unknown; readonly journal?: { readonly records?: unknown } } | null {
  try {
    return JSON.parse(readTextOfRun(manifestPathOf(path), 'manifest')) as object;
  } catch {
    return null;
  }
}
