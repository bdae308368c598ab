// The documents of cells that declared something. One stays as long as it declares a live name or another one takes names from
// it, so re-running a cell a hundred times leaves one. The server has only those open that were used lately: an open document
// costs it time with every check. What could be frozen of a cell is read in place of its document.
import type { CellDocument } from './cell-document.js';
import { documentName } from './document-name.js';
import { FrozenDocuments } from './frozen-documents.js';

type Sources = Pick<CellDocument, 'dependencies' | 'inFull'>;

interface CellDocumentEntry {
  readonly document: CellDocument;
  /** Live names it declares, and documents that take from it. */
  holders: number;
  /** What its frozen declarations take names from, when that leads to documents that are not frozen. */
  behind: Sources | null;
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
  readonly #frozen: FrozenDocuments;

  constructor(port: DocumentPort) {
    this.#port = port;
    this.#frozen = new FrozenDocuments(port);
  }

  get size(): number {
    return this.#documents.size;
  }

  get open(): number {
    return this.#recent.size;
  }

  /** Takes in a document that declares `names` live names. */
  add(number: number, document: CellDocument, names: number): void {
    this.#documents.set(number, { document, holders: names, behind: null });
    for (const dependency of document.dependencies) {
      this.#count(dependency, 1);
    }
  }

  /** Takes in what is read in place of a document: where its names are found then, or null when nobody needs it any more. */
  freeze(number: number, text: string, inFull: ReadonlySet<number>): string | null {
    const entry = this.#documents.get(number);
    if (entry === undefined) {
      return null;
    }
    const { dependencies } = entry.document;
    const leadsOn = [...dependencies].some(
      one => inFull.has(one) || this.#documents.get(one)?.behind !== null
    );
    entry.behind = leadsOn ? { dependencies, inFull } : null;
    return this.#frozen.add(number, { text, inFull });
  }

  /** What is read in place of a document; undefined when it is read itself. */
  frozenOf(number: number | undefined): string | undefined {
    return number === undefined ? undefined : this.#frozen.textOf(number);
  }

  /** Keeps documents until the function that it returns is called. */
  hold(numbers: ReadonlySet<number>): () => void {
    numbers.forEach(number => this.#count(number, 1));
    return () => numbers.forEach(number => this.release(number));
  }

  /** Opens the documents that a text takes names from, and those that they do. One that is missing would make its names `any`. */
  need(document: Sources): void {
    const needed = new Set<number>();
    const needsFrozen = this.#collect(document, needed, new Set());
    for (const number of needed) {
      const { text, lang } = this.#documents.get(number)!.document;
      const file = `${documentName(number)}.${lang}`;
      if (!this.#port.isOpen(file)) {
        this.#port.open(file, text);
      }
      this.#recent.delete(number);
      this.#recent.add(number);
    }
    if (needsFrozen) {
      this.#frozen.need();
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
    const entry = this.#documents.get(number);
    if (entry?.holders === 0) {
      this.#shut(number);
      this.#frozen.delete(number);
      this.#documents.delete(number);
      entry.document.dependencies.forEach(dependency => this.release(dependency));
    }
  }

  clear(): void {
    [...this.#recent].forEach(number => this.#shut(number));
    this.#frozen.clear();
    this.#documents.clear();
  }

  /** True when there are frozen declarations among what is needed. */
  #collect({ dependencies, inFull }: Sources, needed: Set<number>, seen: Set<number>): boolean {
    let needsFrozen = false;
    for (const number of dependencies) {
      const entry = this.#documents.get(number);
      if (entry !== undefined && inFull.has(number)) {
        if (!needed.has(number)) {
          needsFrozen = this.#collect(entry.document, needed, seen) || needsFrozen;
          needed.add(number);
        }
      } else if (entry !== undefined) {
        needsFrozen = true;
        if (entry.behind !== null && !seen.has(number)) {
          seen.add(number);
          this.#collect(entry.behind, needed, seen);
        }
      }
    }
    return needsFrozen;
  }

  #shut(number: number): void {
    const entry = this.#documents.get(number);
    if (this.#recent.delete(number) && entry !== undefined) {
      this.#port.close(`${documentName(number)}.${entry.document.lang}`);
    }
  }

  #count(number: number, change: number): void {
    const entry = this.#documents.get(number);
    if (entry !== undefined) {
      entry.holders += change;
    }
  }
}
