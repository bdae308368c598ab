// Where a notebook's launchbook.yml is: in its folder or above, no higher than the root of its git repository.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Names of the file; the first one that is there counts. */
export const PROFILE_FILES = ['launchbook.yml', 'launchbook.yaml'] as const;

/** Path of the nearest launchbook.yml from `folder` upwards to the git root, or null. Without git only `folder` itself counts. */
export function findProfileFile(folder: string): string | null {
  const found: string[] = [];
  let current = resolve(folder);
  for (;;) {
    for (const name of PROFILE_FILES) {
      if (existsSync(join(current, name))) {
        found.push(join(current, name));
      }
    }
    if (existsSync(join(current, '.git'))) {
      return found[0] ?? null;
    }
    const parent = dirname(current);
    if (parent === current) {
      // No repository: a stray file of somebody's home folder must not decide about a release.
      return found.find(file => dirname(file) === resolve(folder)) ?? null;
    }
    current = parent;
  }
}
