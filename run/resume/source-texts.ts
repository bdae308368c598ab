// The texts of cells by their SHA-256: a replay needs the very text that passed, and the journal's is masked. They come from cells
// that this kernel has executed, from the open document as its page sends it, and from the file.
import { textOf } from '../../contract/notebook/outline.js';
import { byId } from '../../contract/base/by-id.js';
import type { SourceHashes } from '../../contract/plans/resume-plan.js';
import { sha256 } from '../../record/hash.js';
import type { NotebookFile } from '../keeper/notebook-file.js';

/** What the cells say now, and every text that was seen. */
export class SourceTexts {
  readonly #notebook: NotebookFile | null;
  readonly #announced: () => SourceHashes;
  readonly #byHash = new Map<string, string>();
  readonly #executed = byId<string>();

  /** `announced`: hashes of the open document's cells, which may be newer than the file. */
  constructor(notebook: NotebookFile | null, announced: () => SourceHashes) {
    this.#notebook = notebook;
    this.#announced = announced;
  }

  /** A cell is executed. In a console this is the only source. */
  remember(step: string, text: string): void {
    this.#executed[step] = this.#keep(text);
  }

  /** The hashes of the cells as they are now: of the open document, else of the file, else as last executed. */
  current(texts: { readonly [step: string]: string } = {}): SourceHashes {
    const told = Object.fromEntries(Object.entries(texts).map(([step, text]) => [step, this.#keep(text)]));
    const saved = this.#notebook === null ? this.#executed : this.#saved(this.#notebook);
    return byId({ ...saved, ...this.#announced(), ...told });
  }

  /** A text from elsewhere: kept when it is the very text with this hash, and not one in which secrets are masked. */
  offer(hash: string, text: string): void {
    if (sha256(text) === hash) {
      this.#byHash.set(hash, text);
    }
  }

  /** The text with this hash, or undefined when nobody has it. */
  find(hash: string): string | undefined {
    return this.#byHash.get(hash);
  }

  #saved(notebook: NotebookFile): SourceHashes {
    const cells = notebook.read().cells.filter(cell => cell.cell_type === 'code');
    return Object.fromEntries(cells.map(cell => [cell.id ?? '', this.#keep(textOf(cell.source))]));
  }

  #keep(text: string): string {
    const hash = sha256(text);
    this.#byHash.set(hash, text);
    return hash;
  }
}
