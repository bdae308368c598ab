// Opens the journal of a notebook. A run keeps it beside the notebook, a scratch notebook under `.launchbook/`, a console in memory.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JournalOpened, JournalRecord } from '../../contract/journal/journal.js';
import type { ArchivedState } from '../../contract/state/state.js';
import { archiveOf, looksArchived } from '../../lifecycle/notebook/archive-of.js';
import { adoptJournal } from '../../record/journal/adopt-journal.js';
import { archivedJournal, recordsIn } from '../../record/journal/archived-journal.js';
import { FileJournal } from '../../record/journal/file-journal.js';
import { checkJournal, findJournal, placeOfJournal } from '../../record/journal/find-journal.js';
import type { Journal } from '../../record/journal/journal.js';
import { MemoryJournal } from '../../record/journal/memory-journal.js';
import type { NotebookContent } from '../../record/policy/bind-content.js';
import { ArchivedRunError } from '../../record/errors/archived-run-error.js';
import { ShownJournal } from './shown-journal.js';
import type { NotebookFile } from './notebook-file.js';

/**
 * Opens the journal of a notebook; `first` is its first record when it is new. A journal that has the notebook's earlier name gets its new
 * one. When a person begins anew, what is left of the journal is set aside. That of an archived run is read and takes nothing, unless
 * `reopens`. `kernel`: Jupyter's id of the kernel that opens it.
 *
 * @throws JournalLostError when it is gone, knows too little, or is that of another notebook.
 */
export async function openJournal(
  notebook: NotebookFile | null,
  first: JournalOpened,
  reopens = false,
  kernel?: string
): Promise<Journal> {
  const now = (): number => Date.now();
  if (notebook) {
    const content = notebook.read();
    const found = first.anew
      ? placeOfJournal(notebook.path, content.run)
      : findJournal(notebook.path, content);
    const isClosed = !reopens && first.anew === undefined;
    const archived = isClosed ? archivedAt(notebook.path, content, found.file) : null;
    if (archived) {
      return archived;
    }
    await mkdir(dirname(found.path), { recursive: true });
    await adoptJournal(found);
    const at = { path: notebook.path, ...content };
    const checked = (records: readonly JournalRecord[]): ArchivedState | null => {
      checkJournal(notebook.path, content, records);
      return isClosed ? archiveOf(at, records) : null;
    };
    const long = new ShownJournal(content.run?.id ?? null, ({ kept }) => {
      const state = checked(kept);
      if (state !== null) {
        throw new ArchivedRunError(state);
      }
    });
    // How long an archive is that looks like one of an earlier version is counted in its records.
    const read = looksArchived(at) ? undefined : long.read;
    const journal = await FileJournal.open(found.path, { first, now, kernel, read });
    try {
      const { folding } = long;
      const state = folding?.truth ? null : checked(journal.initialRecords);
      if (state) {
        await journal.close();
        return archivedJournal(recordsIn(found.path), state);
      }
      return folding ? Object.assign(journal, { folding }) : journal;
    } catch (error) {
      await journal.close();
      throw error;
    }
  }
  const journal = new MemoryJournal(now);
  await journal.append(first);
  return Object.assign(journal, { initialRecords: [...journal.records] });
}

/** The journal of a run that looks archived and is: without a lock, so that it opens where nothing can be written. Null when it is open. */
function archivedAt(path: string, content: NotebookContent, file: string): Journal | null {
  const notebook = { path, ...content };
  if (!looksArchived(notebook) || !existsSync(file)) {
    return null;
  }
  const records = recordsIn(file);
  checkJournal(path, content, records);
  const state = archiveOf(notebook, records);
  return state && archivedJournal(records, state);
}
