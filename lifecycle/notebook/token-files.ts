// The signed decisions that lie beside a notebook, in `NAME.approvals`: `launchbook approve` writes them, the kernel takes them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readFileOfRun } from '../../record/files/read-file.js';
import { tokenFolderOf } from '../../contract/notebook/notebook.js';

/** A signed decision as a file. */
export interface TokenFile {
  /** Its name in the folder of signed decisions. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** True for the name of a file that holds a signed decision. */
export function isTokenFile(name: string): boolean {
  return name.endsWith('.token');
}

/** Those beside the notebook at `path`, in the order of their names; none when there is no folder. */
export function tokensBeside(path: string): TokenFile[] {
  const folder = tokenFolderOf(path);
  return namesIn(folder)
    .filter(isTokenFile)
    .sort()
    .map(name => ({ name, bytes: readFileOfRun(join(folder, name), 'token') }));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
