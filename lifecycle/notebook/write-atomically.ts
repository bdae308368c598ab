// Replaces a file as a whole: whoever reads it sees the old text or the new one, also after a crash in between.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Writes `content` beside `path`, brings it to the disk, and moves it into place. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.part`;
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const descriptor = openSync(draft, 'w', 0o644);
  try {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(descriptor, bytes, written);
    }
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
