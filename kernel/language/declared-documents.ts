// The documents of cells that declared something. One stays as long as it declares a live name or another one takes names from
// it, so re-running a cell a hundred times leaves one. The server has only those open that were used lately: an open document
// costs it time with every check.
interface CellDocumentEntry {
  readonly text: string;
  readonly dependencies: ReadonlySet<number>;
  /** Live names it declares, and documents that take from it. */
  holders: number;
}

/** Opens and closes documents on the server. */
export interface DocumentPort {
  isOpen(number: number): boolean;
  open(number: number, text: string): void;
  close(number: number): void;
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

  /** Takes in a document that declares `names` live names. */
  add(
    number: number,
    document: { readonly text: string; readonly dependencies: ReadonlySet<number> },
    names: number
  ): void {
    this.#documents.set(number, { text: document.text, dependencies: document.dependencies, holders: names });
    for (const dependency of document.dependencies) {
      this.#count(dependency, 1);
    }
  }

  /** Opens the documents and all that they take names from. A document that is missing would make its names `any`. */
  need(numbers: Iterable<number>): void {
    const needed = new Set<number>();
    this.#collect(numbers, needed);
    for (const number of needed) {
      if (!this.#port.isOpen(number)) {
        this.#port.open(number, this.#documents.get(number)?.text ?? '');
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

  /** One of its names was declared anew by another cell. */
  release(number: number): void {
    this.#count(number, -1);
    const document = this.#documents.get(number);
    if (document?.holders === 0) {
      this.#documents.delete(number);
      this.#shut(number);
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
    if (this.#recent.delete(number)) {
      this.#port.close(number);
    }
  }

  #count(number: number, change: number): void {
    const document = this.#documents.get(number);
    if (document !== undefined) {
      document.holders += change;
    }
  }
}
