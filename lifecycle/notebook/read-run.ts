// A run from its files: the notebook, the journal beside it, and the state that the journal tells.
import { readFileSync } from 'node:fs';
import { LaunchbookError } from '../../contract/error.js';
import type { JournalRecord } from '../../contract/journal.js';
import { journalPathOf, runOf, type Notebook } from '../../contract/notebook.js';
import { outlineOf, type Outline } from '../../contract/outline.js';
import { replay } from '../../contract/reduce.js';
import type { RunInfo } from '../../contract/run.js';
import type { RunState } from '../../contract/state.js';
import { readJournal } from '../../runbook/journal/read-journal.js';
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

/**
 * Reads a run. Changes nothing.
 *
 * @throws RefusedError when `path` is no notebook.
 * @throws LaunchbookError `journal.broken` or `journal.newer` when the journal cannot be trusted, with the line;
 * `journal.unreadable` when the file cannot be read.
 */
export function readRun(path: string): RunFiles {
  const notebook = readNotebook(path);
  const run = runOf(notebook);
  const journalPath = journalPathOf(path, run !== null);
  const journalText = textOfJournal(journalPath);
  const { records, fault, torn } = readJournal(journalText);
  if (fault) {
    throw new LaunchbookError(`Reading ${journalPath}: line ${fault.line} ${fault.message}`, {
      code: fault.code,
      hint: 'The state of the run cannot be told from a journal that was changed. Compare it with the committed one.'
    });
  }
  const state = replay(records);
  const outline = state.outline.phases.length > 0 ? state.outline : outlineOf(notebook.cells);
  return { path, notebook, run, journalPath, journalText, records, torn, state, outline };
}

function textOfJournal(journal: string): string {
  try {
    return readFileSync(journal, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return '';
    }
    throw new LaunchbookError(`Reading ${journal}: ${(error as Error).message}`, {
      code: 'journal.unreadable',
      cause: error
    });
  }
}
