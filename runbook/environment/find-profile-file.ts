// Where a notebook's launchbook.yml is: in its folder or above, no higher than the root of its git repository.
import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const NAMES = ['launchbook.yml', 'launchbook.yaml'];

/** Path of the nearest launchbook.yml from `folder` upwards to the git root, or null. Without git only `folder` itself counts. */
export async function findProfileFile(folder: string): Promise<string | null> {
  const found: string[] = [];
  let current = resolve(folder);
  for (;;) {
    for (const name of NAMES) {
      if (await exists(join(current, name))) {
        found.push(join(current, name));
      }
    }
    if (await exists(join(current, '.git'))) {
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  );
}
