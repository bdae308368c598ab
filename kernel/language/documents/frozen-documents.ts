// The frozen declarations of many cells in few documents, because each document that a check reaches costs it time, and each that is
// added or taken away more of it. The declarations of a cell stand in a namespace of its own, so that a name can be declared again by
// another cell. One document leads to all of them, so that what a cell imports does not change from one to the next.
import { documentName } from './document-name.js';

/** What a document imports that takes frozen names. */
export const FROZEN_IMPORT = 'import * as __cells from "./__cell_frozen.js";';

const INDEX = '__cell_frozen.ts';
/** A document is read anew for each cell that is added to it. */
const MOST_CELLS = 48;

interface Frozen {
  readonly text: string;
  /** Cells whose documents it takes names from. */
  readonly inFull: ReadonlySet<number>;
}

interface Shelf {
  readonly number: number;
  readonly cells: Map<number, Frozen>;
  isWritten: boolean;
}

/** Keeps the namespaces of cells, and writes what has changed when it is asked for. */
export class FrozenDocuments {
  readonly #shelves: Shelf[] = [];
  readonly #open: (file: string, text: string) => void;
  readonly #isOpen: (file: string) => boolean;

  constructor(port: { isOpen(file: string): boolean; open(file: string, text: string): void }) {
    this.#open = (file, text) => port.open(file, text);
    this.#isOpen = file => port.isOpen(file);
  }

  /** Where the names of a cell will be found: `path.name` in a document with `FROZEN_IMPORT`. */
  add(cell: number, frozen: Frozen): string {
    const shelf = this.#shelves.find(one => one.cells.size < MOST_CELLS) ?? this.#addShelf();
    shelf.cells.set(cell, frozen);
    shelf.isWritten = false;
    return `__cells._${shelf.number}.${documentName(cell)}`;
  }

  textOf(cell: number): string | undefined {
    return this.#shelves.find(({ cells }) => cells.has(cell))?.cells.get(cell)?.text;
  }

  delete(cell: number): void {
    for (const shelf of this.#shelves) {
      if (shelf.cells.delete(cell)) {
        shelf.isWritten = false;
      }
    }
  }

  /** Opens all of them as they are now. */
  need(): void {
    for (const shelf of this.#shelves) {
      const file = shelfFile(shelf.number);
      if (!shelf.isWritten || !this.#isOpen(file)) {
        this.#open(file, write(shelf));
        shelf.isWritten = true;
      }
    }
    const index = this.#shelves.map(
      ({ number }) => `export * as _${number} from "./__cell_frozen_${number}.js";`
    );
    this.#open(INDEX, index.join('\n'));
  }

  clear(): void {
    this.#shelves.forEach(shelf => {
      shelf.cells.clear();
      shelf.isWritten = false;
    });
  }

  #addShelf(): Shelf {
    const shelf = { number: this.#shelves.length, cells: new Map<number, Frozen>(), isWritten: false };
    this.#shelves.push(shelf);
    return shelf;
  }
}

function write({ cells }: Shelf): string {
  const inFull = new Set([...cells.values()].flatMap(one => [...one.inFull]));
  return [
    FROZEN_IMPORT,
    ...[...inFull].map(cell => `import * as ${documentName(cell)} from "./${documentName(cell)}.js";`),
    ...[...cells].map(([cell, { text }]) => `export namespace ${documentName(cell)} {\n${text}\n}`)
  ].join('\n');
}

function shelfFile(number: number): string {
  return `__cell_frozen_${number}.ts`;
}
