// Remembers what was read of runs, in a small file of the user for each folder of runs: a status reads the journals that have changed since,
// and not fifty of them. It is a cache: without it, or with one that says nonsense, everything is read again.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { journalPathOf } from '../../contract/notebook/notebook.js';
import { runMemoryFolder } from '../../record/files/cache-folder.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { sha256 } from '../../record/hash.js';
import { writeAtomically } from '../notebook/write-atomically.js';

/** Every run that a notebook holds and that says something, from the memory where neither notebook nor journal has changed. */
export function rememberRuns<T>(notebooks: readonly string[], read: (notebook: string) => T | null): T[] {
  if (notebooks.length === 0) {
    return [];
  }
  const folder = dirname(dirname(notebooks[0]!));
  const file = join(runMemoryFolder(process.env), `${sha256(folder).slice(0, 32)}.json`);
  const before = memoryIn<T>(file);
  const now = Object.fromEntries(
    notebooks.map(notebook => {
      const stamp = stampOf(notebook);
      const known = before[notebook];
      return [notebook, known?.stamp === stamp ? known : { stamp, run: read(notebook) }];
    })
  );
  keep(file, before, now);
  return Object.values(now).flatMap(({ run }) => run ?? []);
}

interface Memory<T> {
  readonly [notebook: string]: { readonly stamp: string; readonly run: T | null };
}

function memoryIn<T>(file: string): Memory<T> {
  try {
    const { version, runs } = JSON.parse(readTextOfRun(file, 'manifest')) as {
      version: string;
      runs: Memory<T>;
    };
    return version === LAUNCHBOOK_VERSION && typeof runs === 'object' ? runs : {};
  } catch {
    return {};
  }
}

function keep(file: string, before: Memory<unknown>, runs: Memory<unknown>): void {
  if (Object.entries(runs).every(([notebook, known]) => known === before[notebook])) {
    return;
  }
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Also of the run that was asked about, which is a neighbour of the next one; without those that are gone.
    const all = Object.entries({ ...before, ...runs }).filter(([notebook]) => existsSync(notebook));
    writeAtomically(file, JSON.stringify({ version: LAUNCHBOOK_VERSION, runs: Object.fromEntries(all) }));
  } catch {
    // The next status reads them again.
  }
}

function stampOf(notebook: string): string {
  return [notebook, journalPathOf(notebook, true)]
    .map(path => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    })
    .join(' ');
}
