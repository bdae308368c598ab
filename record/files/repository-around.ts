// The git repository that a folder is in, found without git.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder upwards that is a git repository; null when there is none. */
export function repositoryAround(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) {
      return at;
    }
    if (dirname(at) === at) {
      return null;
    }
  }
}
