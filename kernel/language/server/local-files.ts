// The files beside the notebook that its cells import, and the files those import. The language server reads a file once and
// trusts its copy; it is told before each question which of them have changed since.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importedSpecifiers } from '../../../record/source/parse.js';

/** A change as the Language Server Protocol says it: 1 created, 2 changed, 3 deleted. */
export interface FileChange {
  readonly uri: string;
  readonly type: 1 | 2 | 3;
}

/** The local files of one notebook. */
export class LocalFiles {
  readonly #folder: string;
  /** Path to what the file was when it was last looked at. */
  readonly #stamps = new Map<string, string>();
  /** What could not be found: paths without their ending. The server does not look for them again by itself. */
  readonly #missing = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#add(join(folder, 'tsconfig.json'));
  }

  /** Takes in what the text of a cell imports. */
  follow(text: string): void {
    if (/\b(?:import|from)\b/.test(text)) {
      this.#followFrom(this.#folder, 'cell.tsx', text);
    }
  }

  /** What has changed since the last call. */
  takeChanges(): FileChange[] {
    const changes = this.#takeFound();
    for (const [path, before] of this.#stamps) {
      const stamp = stampOf(path);
      if (stamp !== before) {
        this.#stamps.set(path, stamp);
        const type = before === GONE ? 1 : stamp === GONE ? 3 : 2;
        changes.push({ uri: pathToFileURL(path).href, type });
        this.#read(path);
      }
    }
    return changes;
  }

  #takeFound(): FileChange[] {
    return [...this.#missing].flatMap(missing => {
      const path = findFile(missing);
      if (path === null) {
        return [];
      }
      this.#missing.delete(missing);
      this.#add(path);
      return [{ uri: pathToFileURL(path).href, type: 1 as const }];
    });
  }

  #followFrom(folder: string, name: string, text: string): void {
    for (const specifier of specifiersOf(name, text).filter(one => !OWN.test(one))) {
      const wanted = /^\.\.?\//.test(specifier)
        ? join(folder, specifier)
        : specifier.startsWith('#')
          ? namedFile(folder, specifier)
          : packageFile(this.#folder, specifier);
      const path = wanted === null ? null : findFile(wanted);
      if (path !== null) {
        this.#add(path);
      } else if (wanted !== null && this.#missing.size < MOST_MISSING) {
        this.#missing.add(wanted);
      }
    }
  }

  #add(path: string): void {
    if (!this.#stamps.has(path)) {
      this.#stamps.set(path, stampOf(path));
      this.#read(path);
    }
  }

  #read(path: string): void {
    if (/\.[cm]?[jt]sx?$/.test(path) && existsSync(path)) {
      this.#followFrom(dirname(path), path, readFileSync(path, 'utf8'));
    }
  }
}

// Documents of cells, which are on no disk, and packages that are named by path.
const OWN = /^\.\/__cell_|\/node_modules\//;
const GONE = 'gone';
const MOST_MISSING = 50;
const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size}` : GONE;
}

/** The file of a path: './check', './check.js' and './check.ts' may all mean check.ts; a folder means its index. Null when there is none. */
export function findFile(path: string): string | null {
  if (path.endsWith('package.json')) {
    return stampOf(path) === GONE ? null : path;
  }
  const ending = extname(path);
  const stem = /^\.[cm]?jsx?$/.test(ending) ? path.slice(0, -ending.length) : path;
  const candidates = [path, stem, join(path, 'index')].flatMap(base => ENDINGS.map(end => base + end));
  return candidates.find(candidate => stampOf(candidate) !== GONE) ?? null;
}

// A file that stands under `imports` of the package.json above the folder. Null when there is no such name, or it means a package.
function namedFile(folder: string, specifier: string): string | null {
  try {
    const path = createRequire(join(folder, 'cell.js')).resolve(specifier);
    return isBuiltin(path) || path.includes('/node_modules/') ? null : path;
  } catch {
    return null;
  }
}

// A package that a cell may install: its package.json, in the notebook's folder. Null for modules of Node.
function packageFile(folder: string, specifier: string): string | null {
  const name = /^(?:@[\w.-]+\/)?[\w.-]+/.exec(specifier)?.[0];
  return name === undefined || isBuiltin(specifier)
    ? null
    : join(folder, 'node_modules', name, 'package.json');
}

function specifiersOf(name: string, text: string): string[] {
  try {
    return importedSpecifiers(name, text);
  } catch {
    return []; // not readable as a program; the server says what is wrong
  }
}
