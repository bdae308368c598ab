// A run from its files: the notebook, the journal beside it, and the state that the journal tells.
import { isLaunchbookError, LaunchbookError } from '../../contract/base/error.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import type { Outline } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { LINE_ENDS_HINT } from '../../record/errors/journal-broken-error.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { checkJournal, findJournal, placeOfJournal } from '../../record/journal/find-journal.js';
import { faultInFields, readJournal, type JournalFault } from '../../record/journal/read-journal.js';
import { archiveOf } from './archive-of.js';
import { readNotebook } from './read-notebook.js';

/** Everything that the files of a run say. */
export interface RunFiles {
  /** The notebook's path as it was given. */
  readonly path: string;
  readonly notebook: Notebook;
  /** The run's identity, or null in a scratch notebook. */
  readonly run: RunInfo | null;
  readonly journalPath: string;
  /** The journal's text; empty when nothing has run yet. */
  readonly journalText: string;
  readonly records: readonly JournalRecord[];
  /** What a crash left of the last line, or null. */
  readonly torn: string | null;
  readonly state: RunState;
  /** The journal's outline, or the notebook's before the first execution. */
  readonly outline: Outline;
}

/** The files of a run, as far as they could be read. */
export interface LookedAtRun extends RunFiles {
  /** Why they do not tell the state of the run; null when they do. */
  readonly fault: LaunchbookError | null;
}

/**
 * Reads a run. Changes nothing.
 *
 * @throws RefusedError when `path` is no notebook.
 * @throws JournalLostError when its journal is gone, ends too early, or is that of another notebook that is there too.
 * @throws LaunchbookError `journal.broken`, `journal.bad_record`, `journal.line_ends` or `journal.newer` when the journal cannot be trusted, with the line;
 * `journal.unreadable` when the file cannot be read.
 */
export function readRun(path: string): RunFiles {
  const { fault, ...files } = lookAtRun(path);
  if (fault) {
    throw fault;
  }
  return files;
}

/** Reads a run whose journal may be lost or broken; its state is then that of what can be read. @throws RefusedError as {@link readRun} */
export function lookAtRun(path: string): LookedAtRun {
  const notebook = readNotebook(path);
  const run = runOf(notebook);
  const parts = { run, cells: notebook.cells };
  const journalPath = placeOfJournal(path, run).file;
  const journalText = textOfJournal(journalPath);
  const { records, fault, torn } = readJournal(journalText);
  const archived = archiveOf({ path, ...parts }, records);
  const state = { ...foldJournal(records), ...(archived && { archived }) };
  const outline = state.outline.phases.length > 0 ? state.outline : readOutline(notebook.cells);
  const broken = fault ?? faultInFields(records);
  const lost = broken ? brokenAt(journalPath, broken) : faultOf(() => checkJournal(path, parts, records));
  return {
    path,
    notebook,
    run,
    journalPath,
    journalText,
    records,
    torn,
    state,
    outline,
    fault: lost ?? faultOf(() => findJournal(path, parts))
  };
}

function brokenAt(journal: string, { line, code, message }: JournalFault): LaunchbookError {
  return new LaunchbookError(`Reading ${journal}: line ${line} ${message}`, {
    code,
    hint:
      code === 'journal.line_ends'
        ? LINE_ENDS_HINT
        : 'The state of the run cannot be told from a journal that was changed. Compare it with the committed one.'
  });
}

function faultOf(act: () => unknown): LaunchbookError | null {
  try {
    act();
    return null;
  } catch (error) {
    if (isLaunchbookError(error)) {
      return error;
    }
    throw error;
  }
}

function textOfJournal(journal: string): string {
  try {
    return readTextOfRun(journal, 'journal');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return '';
    }
    if (isLaunchbookError(error)) {
      throw error;
    }
    throw new LaunchbookError(`Reading ${journal}: ${(error as Error).message}`, {
      code: 'journal.unreadable',
      cause: error
    });
  }
}
