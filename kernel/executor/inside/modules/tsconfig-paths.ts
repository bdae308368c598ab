// `paths` of the tsconfig.json in the notebook's folder, with all that it extends: the check of a cell follows them, so its run does too.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { JSON, Object } from '../../intrinsics.js';

interface Paths {
  /** Absolute targets by pattern. */
  readonly [pattern: string]: readonly string[];
}

/** The paths of one folder, read again when the file has changed. */
export class TsconfigPaths {
  readonly #file: string;
  #stamp = '';
  #paths: Paths = {};

  constructor(folder: string) {
    this.#file = join(folder, 'tsconfig.json');
  }

  /** URLs without their endings that a specifier may stand for, the first one first; none when no pattern fits. */
  targetsOf(specifier: string): string[] {
    const stat = statSync(this.#file, { throwIfNoEntry: false });
    const stamp = stat === undefined ? '' : `${stat.mtimeMs} ${stat.size}`;
    if (stamp !== this.#stamp) {
      this.#stamp = stamp;
      this.#paths = stat === undefined ? {} : pathsIn(this.#file, 0);
    }
    const fitting = Object.keys(this.#paths)
      .filter(pattern => starOf(pattern, specifier) !== null)
      .sort((a, b) => prefixOf(b).length - prefixOf(a).length);
    const [pattern] = fitting;
    const star = pattern === undefined ? null : starOf(pattern, specifier);
    return star === null
      ? []
      : this.#paths[pattern!]!.map(target => pathToFileURL(target.replace('*', () => star)).href);
  }
}

/** What the star of a pattern stands for; empty for a pattern without one, null when it does not fit. */
function starOf(pattern: string, specifier: string): string | null {
  const [head, tail] = pattern.split('*') as [string, string?];
  if (tail === undefined) {
    return head === specifier ? '' : null;
  }
  const fits =
    specifier.length >= head.length + tail.length && specifier.startsWith(head) && specifier.endsWith(tail);
  return fits ? specifier.slice(head.length, specifier.length - tail.length) : null;
}

function prefixOf(pattern: string): string {
  return pattern.includes('*') ? pattern.split('*')[0]! : `${pattern}\uffff`;
}

const DEEPEST = 16;

/** Faults of the file are told by the check of the cell. */
function pathsIn(file: string, depth: number): Paths {
  try {
    const { extends: bases = [], compilerOptions = {} } = JSON.parse(
      plainJson(readFileSync(file, 'utf8'))
    ) as {
      readonly extends?: string | readonly string[];
      readonly compilerOptions?: { readonly paths?: { readonly [pattern: string]: readonly string[] } };
    };
    const { paths } = compilerOptions;
    if (paths) {
      const folder = dirname(file);
      return Object.fromEntries(
        Object.entries(paths).map(([pattern, targets]) => [
          pattern,
          targets.map(target => resolve(folder, target))
        ])
      );
    }
    const list = typeof bases === 'string' ? [bases] : bases;
    return depth < DEEPEST
      ? Object.assign({}, ...list.map(base => pathsIn(baseOf(base, file), depth + 1)))
      : {};
  } catch {
    return {};
  }
}

function baseOf(base: string, file: string): string {
  if (isAbsolute(base) || base.startsWith('.')) {
    const path = resolve(dirname(file), base);
    return path.endsWith('.json') ? path : `${path}.json`;
  }
  const { resolve: find } = createRequire(file);
  try {
    return find(base);
  } catch {
    return find(`${base}/tsconfig.json`);
  }
}

/** Without comments and commas at the end of a list. */
function plainJson(text: string): string {
  return text
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1')
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, '$1');
}
