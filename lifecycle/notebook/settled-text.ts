// Jupyter's server saves a notebook in place: it cuts the file to nothing and writes it again. Who reads in that
// moment sees half a notebook. The server keeps a copy beside it (`.~name`) until the save has ended.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readTextOfRun } from '../../record/files/read-file.js';

/** A save of a large notebook to a slow disk takes less; a broken file is not waited for longer than this. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 20;

/**
 * The text of a notebook's file. While a save may be under way and the text is not whole JSON, the file is read again,
 * for 2 s at most; then the text is returned as it is.
 *
 * @param patienceMs - How long it is read again.
 * @throws what `readFileOfRun` throws
 */
export function settledText(file: string, patienceMs = PATIENCE_MS): string {
  const end = Date.now() + patienceMs;
  for (;;) {
    const text = readTextOfRun(file, 'notebook');
    // A file at rest is parsed once, by who asked for it.
    if (!isBeingSaved(file) || isWhole(text) || Date.now() >= end) {
      return text;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

/** The first save of a file has no copy, so one that was written just now counts too. */
function isBeingSaved(file: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return existsSync(join(dirname(file), `.~${basename(file)}`)) || Date.now() - written < PATIENCE_MS;
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
