// The runs that stand beside the folder of a run: `runs/2.4.0-staging/` beside `runs/2.4.0-production/`.
import { globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The journals of every run beside the one at `path`, that of the run itself included: absolute, the last names first. */
export function journalsBeside(path: string): string[] {
  const folder = dirname(resolve(dirname(path)));
  return globSync('*/*.journal.jsonl', { cwd: folder })
    .sort()
    .reverse()
    .map(journal => join(folder, journal));
}
