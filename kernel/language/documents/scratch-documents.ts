// The documents that cells are checked in. The server answers within a few milliseconds as long as a document goes on importing the same
// modules, and builds its whole program again (20 ms) when that list changes. So there are several documents, and a cell gets the one
// whose last cell imported the same.
import type { CellLanguage } from '../../../record/source/parse.js';

const MOST = 8;

/** Chooses among documents by what their text imports. */
export class ScratchDocuments {
  readonly #prefix: string;
  /** File name by list of imports, least recently used first. */
  readonly #files = new Map<string, string>();

  /** `prefix` begins the names of the files. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The file for a text. */
  choose(text: string, lang: CellLanguage): string {
    const imports = [
      lang,
      ...[...text.matchAll(SPECIFIER)].map(([, how, name]) => `${how === 'require' ? how : ''} ${name}`)
    ].join('\n');
    const file = this.#files.get(imports) ?? this.#nextFile(lang);
    this.#files.delete(imports);
    this.#files.set(imports, file);
    return file;
  }

  #nextFile(lang: CellLanguage): string {
    const own = [...this.#files].filter(([, file]) => file.endsWith(`.${lang}`));
    const oldest = own[0];
    if (own.length < MOST || oldest === undefined) {
      return `${this.#prefix}_${lang}_${own.length}.${lang}`;
    }
    this.#files.delete(oldest[0]);
    return oldest[1];
  }
}

/** A module that is required is resolved otherwise than one that is imported, so the word counts too. */
const SPECIFIER = /\b(from|import|require)\s*\(?\s*["']([^"'\n]+)["']/g;
