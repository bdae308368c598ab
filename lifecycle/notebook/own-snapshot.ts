// What is kept of long files so that they need not be read again: in the user's own state folder, never beside the run. It is for showing
// alone and has no authority. One that others can write, that is damaged, or of another build of this code counts as none.
import { lstatSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { snapshotFolder } from '../../record/files/cache-folder.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { sha256 } from '../../record/hash.js';
import { writeAtomically } from './write-atomically.js';

/** A file below this is read as fast as what is kept of it. */
export const SHORT_BYTES = 256 * 1024;

/** Where it is kept what the file at `path` has come to. */
export function ownSnapshotFile(path: string): string {
  return join(snapshotFolder(process.env), `${sha256(resolve(path)).slice(0, 32)}.json`);
}

/** The text that was kept in `file`, or null. */
export function readOwnSnapshot(file: string): string | null {
  try {
    const isOurs = [dirname(file), file].every(isOwn);
    const { reducer, hash, body } = JSON.parse(isOurs ? readTextOfRun(file, 'manifest') : '{}') as {
      readonly [key: string]: unknown;
    };
    return reducer === reducerVersion() && typeof body === 'string' && hash === sha256(body) ? body : null;
  } catch {
    return null;
  }
}

/** Keeps a text. That it cannot be kept is no fault: what it is of is read again. */
export function keepOwnSnapshot(file: string, body: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeAtomically(file, JSON.stringify({ reducer: reducerVersion(), hash: sha256(body), body }));
  } catch {
    // As before.
  }
}

/** Takes away what was kept. */
export function dropOwnSnapshot(file: string): void {
  rmSync(file, { force: true });
}

/** The code that folds: another version, or another build of this one, may fold otherwise. */
function reducerVersion(): string {
  const { size, mtimeMs } = statSync(import.meta.filename);
  return `${LAUNCHBOOK_VERSION} ${size} ${mtimeMs}`;
}

function isOwn(path: string): boolean {
  const { uid, mode } = lstatSync(path);
  return uid === (process.getuid?.() ?? uid) && (process.platform === 'win32' || (mode & 0o022) === 0);
}
