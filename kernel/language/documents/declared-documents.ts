// The documents of cells that declared something. One stays as long as it declares a live name or another one takes names from
// it, so re-running a cell a hundred times leaves one. The server has only those open that were used lately: an open document
// costs it time with every check.
import { documentName, type CellDocument } from './cell-document.js';

interface CellDocumentEntry extends CellDocument {
  /** Live names it declares, and documents that take from it. */
  holders: number;
}

/** Opens and closes documents on the server. `file` is a file name in the notebook's folder. */
export interface DocumentPort {
  isOpen(file: string): boolean;
  open(file: string, text: string): void;
  close(file: string): void;
}

const MOST_OPEN = 64;

/** Counts who holds which document, and keeps those open that are needed. */
export class DeclaredDocuments {
  readonly #documents = new Map<number, CellDocumentEntry>();
  /** Numbers of documents that were opened, least recently used first. */
  readonly #recent = new Set<number>();
  readonly #port: DocumentPort;

  constructor(port: DocumentPort) {
    this.#port = port;
  }

  get size(): number {
    return this.#documents.size;
  }

  get open(): number {
    return this.#recent.size;
  }

  /** Takes in a document that declares `names` live names. */
  add(number: number, document: CellDocument, names: number): void {
    this.#documents.set(number, { ...document, holders: names });
    for (const dependency of document.dependencies) {
      this.#count(dependency, 1);
    }
  }

  /** Keeps documents until the function that it returns is called. */
  hold(numbers: ReadonlySet<number>): () => void {
    numbers.forEach(number => this.#count(number, 1));
    return () => numbers.forEach(number => this.release(number));
  }

  /** Opens the documents and all that they take names from. A document that is missing would make its names `any`. */
  need(numbers: Iterable<number>): void {
    const needed = new Set<number>();
    this.#collect(numbers, needed);
    for (const number of needed) {
      const { text, lang } = this.#documents.get(number)!;
      const file = `${documentName(number)}.${lang}`;
      if (!this.#port.isOpen(file)) {
        this.#port.open(file, text);
      }
      this.#recent.delete(number);
      this.#recent.add(number);
    }
    for (const number of this.#recent) {
      if (this.#recent.size <= MOST_OPEN || needed.has(number)) {
        break;
      }
      this.#shut(number);
    }
  }

  /** One of its names was declared again by another cell. */
  release(number: number): void {
    this.#count(number, -1);
    const document = this.#documents.get(number);
    if (document?.holders === 0) {
      this.#shut(number);
      this.#documents.delete(number);
      document.dependencies.forEach(dependency => this.release(dependency));
    }
  }

  clear(): void {
    [...this.#recent].forEach(number => this.#shut(number));
    this.#documents.clear();
  }

  #collect(numbers: Iterable<number>, needed: Set<number>): void {
    for (const number of numbers) {
      const document = this.#documents.get(number);
      if (document !== undefined && !needed.has(number)) {
        this.#collect(document.dependencies, needed);
        needed.add(number);
      }
    }
  }

  #shut(number: number): void {
    const document = this.#documents.get(number);
    if (this.#recent.delete(number) && document !== undefined) {
      this.#port.close(`${documentName(number)}.${document.lang}`);
    }
  }

  #count(number: number, change: number): void {
    const document = this.#documents.get(number);
    if (document !== undefined) {
      document.holders += change;
    }
  }
}
