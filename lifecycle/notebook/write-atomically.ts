// Replaces a file as a whole: whoever reads it sees the old text or the new one, also after a crash in between.
import { randomUUID } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

/** What Launchbook makes for a run is readable by its owner alone. */
export const OWN_MODE = 0o600;

/** Writes `content` beside `path`, brings it to the disk, and moves it into place. A file that is there keeps its mode. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${randomUUID()}.part`;
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const descriptor = openSync(draft, 'wx', OWN_MODE);
  try {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(descriptor, bytes, written);
    }
    keepMode(path, descriptor);
    fsyncSync(descriptor);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function keepMode(path: string, descriptor: number): void {
  const mode = (statSync(path, { throwIfNoEntry: false })?.mode ?? OWN_MODE) & 0o777;
  if (mode !== OWN_MODE) {
    fchmodSync(descriptor, mode);
  }
}
