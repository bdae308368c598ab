// Finds the journals of a run by the id in their first lines, when the one that is named after the notebook is not there.
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { JournalOpened } from '../../contract/journal/journal.js';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { readTextOfRun } from '../files/read-file.js';
import { repositoryAround } from '../files/repository-around.js';

/** The first line of a journal is a few hundred bytes and the parameters of the run. */
const FIRST_LINE_BYTES = 256 * 1024;
/** Folders that are looked into, so that a home folder that is a repository does not hold anybody up. */
const MOST_FOLDERS = 5000;
const LEFT_OUT = new Set(['node_modules', '.git', '.venv', 'venv', '.ipynb_checkpoints', '__pycache__']);

/** Journals of the run directly in a folder, absolute. */
export function journalsIn(folder: string, run: string): string[] {
  return namesIn(folder)
    .filter(({ name }) => name.endsWith('.journal.jsonl'))
    .map(({ name }) => join(resolve(folder), name))
    .filter(file => isJournalOf(file, run));
}

/** Journals of the run in the repository of the notebook at `path`; in its folder where there is none. */
export function journalsAround(path: string, run: string): string[] {
  const folder = dirname(resolve(path));
  const root = repositoryAround(folder);
  const folders = root === null ? [] : foldersBelow(root);
  return [...new Set([folder, ...folders])].flatMap(each => journalsIn(each, run));
}

/** True for a journal that has a first record, of the run `id`; of whatever run when it is null. A file that cannot be read may be one. */
export function isJournalOf(file: string, id: string | null): boolean {
  try {
    const line = firstLineOf(file);
    if (id === null) {
      return line !== null;
    }
    return line !== null && (JSON.parse(line) as JournalOpened).run?.id === id;
  } catch (error) {
    return id === null && (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** True for a notebook of the run `id`. */
export function isNotebookOf(path: string, id: string): boolean {
  try {
    return runOf(JSON.parse(readTextOfRun(path, 'notebook')) as Notebook)?.id === id;
  } catch {
    return false;
  }
}

/** Null when there is no whole line, and when it is empty. */
function firstLineOf(file: string): string | null {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) {
      return null;
    }
    const bytes = Buffer.alloc(FIRST_LINE_BYTES);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    const feed = bytes.subarray(0, length).indexOf('\n');
    const end = feed < 0 && length === bytes.length ? length : feed;
    return end > 0 ? bytes.toString('utf8', 0, end) : null;
  } finally {
    closeSync(descriptor);
  }
}

function foldersBelow(root: string): string[] {
  let found = [root];
  let level = [root];
  while (level.length > 0 && found.length < MOST_FOLDERS) {
    level = level.flatMap(folder =>
      namesIn(folder)
        .filter(entry => entry.isDirectory() && !LEFT_OUT.has(entry.name))
        .map(({ name }) => join(folder, name))
    );
    found = [...found, ...level];
  }
  return found.slice(0, MOST_FOLDERS);
}

function namesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
