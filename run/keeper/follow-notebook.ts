// A notebook that is renamed while its kernel lives: the page says where its document is now, and the journal goes along, so that there is
// never a second one. What the page says is looked at: the file must be the one that was read, or a notebook of the same run.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenDocument } from '../../contract/comms/comm.js';
import { journalPathOf } from '../../contract/notebook/notebook.js';
import { adoptJournal } from '../../record/journal/adopt-journal.js';
import { isNotebookOf } from '../../record/journal/journals-around.js';
import type { NotebookFile } from './notebook-file.js';
import type { RunKeeper } from './run-keeper.js';

/** What follows. */
export interface FollowParts {
  readonly notebook: NotebookFile | null;
  readonly keeper: RunKeeper;
}

/**
 * Follows the document to its new path when the kernel's notebook is not at its path any more.
 *
 * @returns The new path; null when there is nothing to follow.
 * @throws code `journal.locked`, `journal.replaced` and others when the journal cannot go along; everything stays as it is then.
 */
export async function followNotebook(
  { notebook, keeper }: FollowParts,
  document: OpenDocument
): Promise<string | null> {
  if (notebook === null || existsSync(notebook.path)) {
    return null;
  }
  const run = keeper.state.run?.id ?? notebook.read().run?.id ?? (notebook.wasRead ? null : document.run);
  const isOurs = (path: string): boolean =>
    notebook.isFile(path) || (run !== null && run === document.run && isNotebookOf(path, run));
  const path = placesOf(document.path, notebook.path).find(isOurs);
  if (path === undefined) {
    return null;
  }
  const [file, target] = [notebook.path, path].map(each => journalPathOf(each, run !== null)) as [
    string,
    string
  ];
  await mkdir(dirname(target), { recursive: true });
  if (!(await keeper.moveJournal(target)) && existsSync(file) && !existsSync(target)) {
    await adoptJournal({ path: target, file });
  }
  notebook.moveTo(path);
  return path;
}

/** The page counts from the folder that its server shows, which is one of those around the notebook, or around where it was. */
function placesOf(path: string, before: string): string[] {
  const isInside = path.endsWith('.ipynb') && !path.split('/').some(part => part === '..' || part === '');
  const found: string[] = [];
  for (let folder = before; isInside && dirname(folder) !== folder;) {
    folder = dirname(folder);
    found.push(join(folder, path));
  }
  return found;
}
