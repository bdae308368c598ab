// The notebook on disk that this kernel belongs to. Read again only when the file changed, because it is asked before every cell.
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { textOf } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';
import type { NotebookContent } from '../../record/policy/bind-content.js';
import { readNotebook } from './read-notebook.js';

/** A notebook that may change on disk at any time. */
export class NotebookFile {
  #path: string;
  #stamp = '';
  #content: NotebookContent = { run: null, outline: readOutline([]), cells: [] };
  #fault: string | null = null;
  /** Whether the file has been looked at since `steady` was called; null outside of it. */
  #wasLooked: boolean | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  get path(): string {
    return this.#path;
  }

  /** The same file has another name now. */
  moveTo(path: string): void {
    this.#path = path;
  }

  /** True for the file that was read last, whatever its name is now. */
  isFile(path: string): boolean {
    return this.wasRead && stampOf(path).split(' ')[0] === this.#stamp.split(' ')[0];
  }

  get name(): string {
    return basename(this.path);
  }

  get folder(): string {
    return dirname(this.path);
  }

  /** True once it could be read: what was read stays known when the file is taken away or half written later. */
  get wasRead(): boolean {
    return this.#stamp !== '';
  }

  /** The newest readable content. While the file is absent or half written, the last good one. */
  read(): NotebookContent {
    if (this.#wasLooked !== true) {
      this.#look();
      this.#wasLooked = this.#wasLooked === null ? null : true;
    }
    return this.#content;
  }

  /** Until `act` returns, which waits for nothing, the file is looked at once: all that it asks is answered of the same state. */
  steady<T>(act: () => T): T {
    this.#wasLooked = false;
    try {
      return act();
    } finally {
      this.#wasLooked = null;
    }
  }

  #look(): void {
    const stamp = stampOf(this.path);
    if (stamp !== this.#stamp || stamp === '') {
      try {
        this.#content = readNotebook(this.path);
        this.#stamp = stamp;
        this.#fault = null;
      } catch (error) {
        this.#fault = (error as Error).message;
      }
    } else {
      this.#fault = null;
    }
  }

  /** Why the file cannot be read now; null when it can. */
  fault(): string | null {
    this.read();
    return this.#fault;
  }

  /** Id of the first code cell with this text, in a run whatever its spaces, for clients that do not send cell ids. */
  findStep(code: string): string | undefined {
    const { cells, run } = this.read();
    const find = (read: (text: string) => string): string | undefined =>
      cells.find(cell => cell.cell_type === 'code' && read(textOf(cell.source)) === read(code))?.id;
    return find(text => text) ?? (run === null || code.trim() === '' ? undefined : find(withoutSpaces));
  }

  /** True when what was read last has this text, in the cell of this id when there is one. */
  holds(code: string, cellId: string | null): boolean {
    return this.read().cells.some(
      cell =>
        cell.cell_type === 'code' && textOf(cell.source) === code && (cellId === null || cell.id === cellId)
    );
  }
}

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Empty for a file that cannot be looked at: absent, behind links that go round, in a closed folder. */
function stampOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}
