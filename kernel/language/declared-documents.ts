// The documents that must stay open: those that declare a live name, and those that these take names from. A document whose
// last name was declared anew and which nobody takes from is closed, so re-running a cell a hundred times leaves one.
interface OpenDocument {
  readonly dependencies: ReadonlySet<number>;
  /** Live names it declares, and open documents that take from it. */
  holders: number;
}

/** Counts who holds which document. */
export class DeclaredDocuments {
  readonly #documents = new Map<number, OpenDocument>();
  readonly #close: (number: number) => void;

  constructor(close: (number: number) => void) {
    this.#close = close;
  }

  get size(): number {
    return this.#documents.size;
  }

  /** Takes in a document that declares `names` live names. */
  add(number: number, dependencies: ReadonlySet<number>, names: number): void {
    this.#documents.set(number, { dependencies, holders: names });
    for (const dependency of dependencies) {
      this.#count(dependency, 1);
    }
  }

  /** One of its names was declared anew by another cell. */
  release(number: number): void {
    this.#count(number, -1);
    const document = this.#documents.get(number);
    if (document?.holders === 0) {
      this.#documents.delete(number);
      this.#close(number);
      document.dependencies.forEach(dependency => this.release(dependency));
    }
  }

  clear(): void {
    [...this.#documents.keys()].forEach(this.#close);
    this.#documents.clear();
  }

  #count(number: number, change: number): void {
    const document = this.#documents.get(number);
    if (document !== undefined) {
      document.holders += change;
    }
  }
}
