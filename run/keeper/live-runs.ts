// Which live runs of the repository hold a cell: a kernel that nobody told of its notebook looks here before it executes anything.
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryAround } from '../../record/files/repository-around.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { textOf } from '../../contract/notebook/outline.js';

/** Notebooks that are looked into, newest first, and the size of one in bytes. */
const MOST_FILES = 200;
/** How long a list of the notebooks counts, in milliseconds. */
const LIST_MS = 2000;
const LARGEST_BYTES = 20 * 1024 * 1024;
const LEFT_OUT = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  '.launchbook',
  '.ipynb_checkpoints',
  '__pycache__'
]);

/** A cell that asks to run, as far as it is looked for. */
export interface SoughtCell {
  readonly code: string;
  readonly cellId: string | null;
}

/** Looks for cells in the live runs of the repository around a folder; of the folder alone where there is no repository. */
export class LiveRuns {
  readonly #root: string;
  #paths: readonly string[] = [];
  #listedMs = -Infinity;
  readonly #known = new Map<string, { readonly stamp: string; readonly cells: LiveCells | null }>();

  constructor(folder: string) {
    this.#root = repositoryAround(folder) ?? folder;
  }

  /** Path of a live run that holds the cell, from the root of the repository; null when there is none. */
  holding({ code, cellId }: SoughtCell): string | null {
    const text = withoutSpaces(code);
    if (text === '') {
      return null;
    }
    const named = notebookOf(cellId);
    for (const path of named === null ? this.#notebooks() : [named, ...this.#notebooks()]) {
      const cells = this.#cellsOf(path);
      if (cells && (path === named || cells.texts.has(text) || (cellId !== null && cells.ids.has(cellId)))) {
        return relative(this.#root, path);
      }
    }
    return null;
  }

  #notebooks(): readonly string[] {
    if (performance.now() - this.#listedMs > LIST_MS) {
      this.#paths = notebooksBelow(this.#root);
      this.#listedMs = performance.now();
    }
    return this.#paths;
  }

  #cellsOf(path: string): LiveCells | null {
    const { ino, size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {
      ino: 0,
      size: 0,
      mtimeMs: 0
    };
    const stamp = `${ino} ${size} ${mtimeMs}`;
    const known = this.#known.get(path);
    if (known?.stamp === stamp) {
      return known.cells;
    }
    const cells = readLiveCells(path, known?.cells ?? null);
    this.#known.set(path, { stamp, cells });
    return cells;
  }
}

interface LiveCells {
  readonly texts: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

/** `before`: what was known of the file, for when it is being saved. */
function readLiveCells(path: string, before: LiveCells | null): LiveCells | null {
  try {
    const notebook = JSON.parse(readTextOfRun(path, 'notebook')) as Notebook;
    const mode = runOf(notebook)?.mode;
    if (mode === undefined || mode === 'rehearsal' || mode === 'dry-run') {
      return null;
    }
    const code = notebook.cells.filter(cell => cell.cell_type === 'code');
    return {
      texts: new Set(code.map(cell => withoutSpaces(textOf(cell.source)))),
      ids: new Set(code.flatMap(cell => cell.id ?? []))
    };
  } catch {
    return before; // no notebook, or one that is being saved
  }
}

/** A copy that a formatter has touched is still the same step. */
function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}

/** VS Code says the notebook in the id of the cell, though not in the variable: `vscode-notebook-cell:/srv/release.ipynb#W0sZmlsZQ==`. */
function notebookOf(cellId: string | null): string | null {
  const path = /^vscode-notebook-cell:(?:\/\/[^/]*)?(\/[^#?]*\.ipynb)/.exec(cellId ?? '')?.[1];
  try {
    return path === undefined ? null : decodeURIComponent(path);
  } catch {
    return null;
  }
}

function notebooksBelow(root: string): string[] {
  const found: { readonly path: string; readonly mtimeMs: number }[] = [];
  const visit = (folder: string, depth: number): void => {
    for (const entry of readFolder(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < 8 && !LEFT_OUT.has(entry.name)) {
        visit(path, depth + 1);
      } else if (entry.isFile() && entry.name.endsWith('.ipynb')) {
        const stat = statSync(path, { throwIfNoEntry: false });
        if (stat && stat.size <= LARGEST_BYTES) {
          found.push({ path, mtimeMs: stat.mtimeMs });
        }
      }
    }
  };
  visit(root, 0);
  return found
    .sort((a, b) => b.mtimeMs - a.mtimeMs)
    .slice(0, MOST_FILES)
    .map(({ path }) => path);
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
