// The notebook on disk that this kernel belongs to: Jupyter server names it in JPY_SESSION_NAME.
// Read again only when the file changed, because it is asked before every cell.
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';
import { runOf, type Notebook } from '../../contract/notebook.js';
import { outlineOf, textOf } from '../../contract/outline.js';
import type { NotebookContent } from '../../runbook/hold/bind-content.js';

/** A notebook that may change on disk at any time. */
export class NotebookFile {
  readonly path: string;
  #stamp = '';
  #content: NotebookContent = { run: null, outline: outlineOf([]), cells: [] };

  constructor(path: string) {
    this.path = path;
  }

  get name(): string {
    return basename(this.path);
  }

  get folder(): string {
    return dirname(this.path);
  }

  /** The newest readable content. While the file is absent or half written, the last good one. */
  read(): NotebookContent {
    const stamp = stampOf(this.path);
    if (stamp !== this.#stamp) {
      const content = parseNotebook(this.path);
      if (content) {
        this.#content = content;
        this.#stamp = stamp;
      }
    }
    return this.#content;
  }

  /** Id of the first code cell with this text, for clients that do not send cell ids. */
  findStep(code: string): string | undefined {
    return this.read().cells.find(cell => cell.cell_type === 'code' && textOf(cell.source) === code)?.id;
  }
}

/** The notebook that the environment names, or null in a console and in clients that do not say. */
export function findNotebook(environment: NodeJS.ProcessEnv): NotebookFile | null {
  const path = environment['JPY_SESSION_NAME'] ?? '';
  return isAbsolute(path) && path.endsWith('.ipynb') ? new NotebookFile(path) : null;
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : '';
}

function parseNotebook(path: string): NotebookContent | null {
  try {
    const notebook = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
    return { run: runOf(notebook), outline: outlineOf(notebook.cells), cells: notebook.cells };
  } catch {
    return null;
  }
}
