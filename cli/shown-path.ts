// A path as it is printed: short where the person is, absolute elsewhere.
import { relative, resolve } from 'node:path';

export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') ? resolve(path) : shown || '.';
}
