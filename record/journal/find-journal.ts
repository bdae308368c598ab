// One run id, one journal: which file holds the journal of a notebook. Everybody who reads or writes a run asks here, so that a journal
// that is gone, a notebook that was renamed and one that was copied mean the same to all of them.
import { basename, dirname, join } from 'node:path';
import type { RunInfo } from '../../contract/base/run.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { journalPathOf } from '../../contract/notebook/notebook.js';
import { executedCells, missingAttempts } from '../../contract/state/executed-cells.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { JournalLostError } from '../errors/journal-lost-error.js';
import { committedJournal } from './committed-journal.js';
import { isJournalOf, isNotebookOf, journalsAround, journalsIn } from './journals-around.js';
import { isSameFile, placeOf, resolvePlace } from './place.js';

/** What a notebook says, as far as its journal depends on it. */
export interface NotebookParts {
  /** Null in a scratch notebook. */
  readonly run: RunInfo | null;
  readonly cells: readonly OutlineCell[];
}

/** Where the journal of a notebook is. */
export interface FoundJournal {
  /** Where it belongs: beside the notebook and named after it. */
  readonly path: string;
  /** Where it is: at `path`, or under the name that the notebook had before it was renamed. */
  readonly file: string;
}

/** Where the journal of the notebook at `path` is, whether it is there or not, from the names and first lines of its folder alone. */
export function placeOfJournal(path: string, run: RunInfo | null): FoundJournal {
  const own = journalPathOf(path, run !== null);
  if (run === null || isJournalOf(own, null)) {
    return { path: own, file: own };
  }
  const others = journalsIn(dirname(path), run.id).filter(file => !isNotebookOf(notebookOf(file), run.id));
  return { path: own, file: others.length === 1 ? others[0]! : own };
}

/**
 * Where the journal of the notebook at `path` is.
 *
 * @throws {@link JournalLostError} with code `journal.gone` when it is not there and steps have run, `journal.copied` when it belongs to
 * another notebook that is there too, `journal.elsewhere` when it lies in another folder without its notebook.
 * @example
 * findJournal('runs/2.4.0-staging/release.ipynb', { run, cells }).file // 'runs/2.4.0-staging/release.journal.jsonl'
 */
export function findJournal(path: string, { run, cells }: NotebookParts): FoundJournal {
  const found = placeOfJournal(path, run);
  if (run === null || isJournalOf(found.file, null)) {
    return found;
  }
  const others = journalsAround(path, run.id);
  const original = others.map(notebookOf).find(notebook => isNotebookOf(notebook, run.id));
  if (original !== undefined) {
    throw JournalLostError.copied(path, run.id, original);
  }
  if (others.length > 0) {
    throw JournalLostError.elsewhere(path, run.id, others);
  }
  const executed = executedCells(cells);
  const commit = committedJournal(found.path, run.id);
  if (executed.length > 0 || commit !== null) {
    throw JournalLostError.gone(path, found.path, { run: run.id, executed, commit });
  }
  return found;
}

/**
 * Looks at what the journal of the notebook at `path` says, once it has been read: is it of another notebook that is there too, and does it
 * know every attempt that the notebook tells of?
 *
 * @throws {@link JournalLostError} with code `journal.copied` or `journal.behind`.
 */
export function checkJournal(
  path: string,
  { run, cells }: NotebookParts,
  records: readonly JournalRecord[]
): void {
  const [first] = records;
  if (run === null || first?.kind !== 'journal-opened' || first.run?.id !== run.id) {
    return;
  }
  const started = records.findLast(record => record.kind === 'kernel-started');
  const original =
    started?.place === undefined ? join(dirname(path), first.notebook) : resolvePlace(path, started.place);
  if (
    placeOf(original) !== placeOf(path) &&
    isNotebookOf(original, run.id) &&
    isJournalOf(journalPathOf(original, true), run.id) &&
    !isSameFile(journalPathOf(original, true), journalPathOf(path, true))
  ) {
    throw JournalLostError.copied(path, run.id, original);
  }
  const begun = new Set(
    records.flatMap(record => (record.kind === 'attempt-started' ? `${record.step} ${record.attempt}` : []))
  );
  const missing = first.anew ? [] : missingAttempts(cells, (step, n) => begun.has(`${step} ${n}`));
  if (missing.length > 0) {
    throw JournalLostError.behind(path, journalPathOf(path, true), { run: run.id, missing });
  }
}

/** The notebook that a journal is named after. */
function notebookOf(journal: string): string {
  return join(dirname(journal), basename(journal).replace(/\.journal\.jsonl$/, '.ipynb'));
}
