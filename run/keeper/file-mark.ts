// Tells whether a file may have changed since it was read last, without reading it: no clock, no watcher.
import { statSync } from 'node:fs';

/** Equal while the file is the same; an editor writes another file or another time. Null: there is no file. */
export function markOf(file: string | null): string {
  if (file === null) {
    return 'none';
  }
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(file);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch {
    return 'gone';
  }
}
