// Where a notebook is, in words that another clone understands: from the root of its repository, or absolute where there is none.
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { repositoryAround } from '../files/repository-around.js';

/** The place of the notebook at `path`. */
export function placeOf(path: string): string {
  const real = realPathOf(path);
  const root = repositoryAround(dirname(real));
  return root === null ? real : relative(root, real);
}

/** The path of a place that was told by a kernel of the notebook at `path`. */
export function resolvePlace(path: string, place: string): string {
  const folder = dirname(realPathOf(path));
  return isAbsolute(place) ? place : join(repositoryAround(folder) ?? folder, place);
}

/** True for two names of one file. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map(file => statSync(file, { throwIfNoEntry: false }));
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}

/** The notebook itself need not be there. */
function realPathOf(path: string): string {
  const folder = dirname(resolve(path));
  try {
    return join(realpathSync(folder), basename(path));
  } catch {
    return join(folder, basename(path));
  }
}
