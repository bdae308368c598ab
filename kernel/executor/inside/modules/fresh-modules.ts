// Files beside the notebook are loaded again once they, or files that they import, have changed. A changed file gets another URL
// (`?launchbook=2`), because Node keeps a module for ever under its URL; files that did not change keep theirs and their state.
// Packages in node_modules are left alone.
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Map, Set } from '../../intrinsics.js';

interface LoadedFile {
  generation: number;
  /** What the file was when it was loaded. */
  stamp: string;
  /** Files that it imports, and which generation of each it was linked with. */
  readonly imports: Map<string, number>;
}

const MARK = 'launchbook';

/** The files that were loaded, and when each has to be loaded again. */
export class FreshModules {
  readonly #files = new Map<string, LoadedFile>();
  readonly #cache = createRequire(import.meta.url).cache;

  /** The URL under which `parent` gets the file now. `isRequired` for CommonJS, which knows files by path. */
  resolve(url: string, parent: string | undefined, isRequired: boolean): string {
    if (!isLocal(url)) {
      return url;
    }
    const [address, fragment = ''] = url.split(/(?=#)/, 2) as [string, string?];
    const name = address.replace(/\?.*/, '');
    const known = this.#files.get(name);
    if (known === undefined) {
      this.#files.set(name, { generation: 0, stamp: stampOf(name), imports: new Map() });
    } else if (this.#isStale(name, new Set())) {
      known.generation += 1;
      known.stamp = stampOf(name);
      known.imports.clear();
    }
    const { generation } = this.#files.get(name)!;
    this.#files.get(withoutMark(parent ?? ''))?.imports.set(name, generation);
    return isRequired || generation === 0
      ? url
      : `${address}${address.includes('?') ? '&' : '?'}${MARK}=${generation}${fragment}`;
  }

  // Looks at all that it imports, because `require` asks its cache before it asks anybody where a file is.
  #isStale(name: string, seen: Set<string>): boolean {
    const file = this.#files.get(name);
    if (file === undefined || seen.has(name)) {
      return false;
    }
    seen.add(name);
    let isStale = file.stamp !== stampOf(name);
    for (const [imported, generation] of file.imports) {
      const isOutdated = this.#files.get(imported)?.generation !== generation;
      isStale = this.#isStale(imported, seen) || isOutdated || isStale;
    }
    if (isStale) {
      delete this.#cache[fileURLToPath(name)];
    }
    return isStale;
  }
}

/** A URL or a stack frame without the mark of its generation. */
export function withoutMark(text: string): string {
  return text.replace(/[?&]launchbook=\d+/, '');
}

// The product's own compiled layers, wherever they are installed; this file stands deeper in them than the bundle that has it.
const OWN_FILES = import.meta.url.replace(/^(.*\/)kernel\/(?:bundled|executor)\/.*$/, '$1');

/** True for a file of the author's own. */
export function isLocal(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/') && !url.startsWith(OWN_FILES);
}

function stampOf(url: string): string {
  const stat = statSync(fileURLToPath(url), { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}`;
}
