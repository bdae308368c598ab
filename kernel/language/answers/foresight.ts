// Cells that wait are checked while the ones before them run. Each is checked against the names that it will find once those before it
// have begun: what they declare is foreseen from their own checks. Nothing here is ever used as it is; the checker remembers what it
// found for a text, and a cell that meets other names than foreseen has another text when its turn has come.
import type { LiveName } from '../names/bindings.js';
import { writeCellDocument } from '../documents/cell-document.js';
import type { CellChecker } from './cell-checker.js';
import type { Declared } from '../../../record/source/declarations.js';
import type { AnalysedCell } from '../javascript/transform.js';

/** What foresight works with. */
export interface ForesightParts {
  readonly checker: CellChecker;
  /** The names of the cells that have begun. */
  readonly live: () => ReadonlyMap<string, LiveName>;
  /** Resolves when everything is known of the names that a cell has given which has begun. */
  readonly settled: () => Promise<unknown>;
  /** Null when there is nothing to check in a text. */
  readonly read: (code: string) => Promise<AnalysedCell | null>;
}

/** A cell that is expected to run. */
interface Expected {
  readonly code: string;
}

/** Looks ahead along the cells that wait. */
export class Foresight {
  readonly #parts: ForesightParts;
  /** In the order in which they will run. */
  #expected: Expected[] = [];
  #names = new Map<string, LiveName>();
  #work: Promise<void> = Promise.resolve();

  constructor(parts: ForesightParts) {
    this.#parts = parts;
  }

  /** A cell waits, after all those announced before. */
  expect(code: string): void {
    const cell = { code };
    this.#expected.push(cell);
    this.#work = this.#work.then(() => this.#check(cell)).catch(() => this.forget());
  }

  /** A cell's turn has come. Those expected before it will not run any more. */
  arrive(code: string): void {
    const at = this.#expected.findIndex(one => one.code === code);
    this.#expected = at === -1 ? [] : this.#expected.slice(at + 1);
    if (at !== 0 || this.#expected.length === 0) {
      this.#names = new Map();
    }
  }

  /** The cells that wait will not run, or not as expected. */
  forget(): void {
    this.#expected = [];
    this.#names = new Map();
  }

  async #check(expected: Expected): Promise<void> {
    await this.#parts.settled();
    if (!this.#expected.includes(expected)) {
      return; // it runs already
    }
    const names = this.#names;
    const cell = await this.#parts.read(expected.code);
    const view = new NamesAhead(this.#parts.live(), names);
    if (cell === null || cell.analysis.occurrences.some(({ name }) => view.isUnsure(name))) {
      cell?.analysis.declared.forEach(declared => names.set(declared.name, unsure(declared)));
      return;
    }
    const document = writeCellDocument(cell, view);
    const diagnostics = await this.#parts.checker.check(cell, document);
    const plain = diagnostics.length === 0 ? await this.#parts.checker.plain(cell, document) : null;
    for (const declared of cell.analysis.declared.values()) {
      names.set(declared.name, { ...unsure(declared), plain: plain?.get(declared.name) ?? null });
    }
  }
}

/** The names of cells that have begun, with those of the cells before this one in the queue laid over them. */
class NamesAhead {
  readonly #live: ReadonlyMap<string, LiveName>;
  readonly #ahead: ReadonlyMap<string, LiveName>;

  constructor(live: ReadonlyMap<string, LiveName>, ahead: ReadonlyMap<string, LiveName>) {
    this.#live = live;
    this.#ahead = ahead;
  }

  get(name: string): LiveName | undefined {
    return this.#ahead.get(name) ?? this.#live.get(name);
  }

  has(name: string): boolean {
    return this.#ahead.has(name) || this.#live.has(name);
  }

  /** Its cell has no document yet that the name could be taken from. */
  isUnsure(name: string): boolean {
    return this.#ahead.get(name)?.plain === null;
  }
}

function unsure(declared: Declared): LiveName {
  return {
    ...declared,
    document: NO_DOCUMENT,
    jsName: declared.name,
    plain: null,
    frozen: null,
    postponed: null
  };
}

const NO_DOCUMENT = -1;
