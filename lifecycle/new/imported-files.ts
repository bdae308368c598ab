// The files of one's own that a runbook imports: by a name with `#` from `imports` in package.json, and what these files import in turn.
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { readTextOfRun } from '../../record/files/read-file.js';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';

const IMPORT = /\b(?:from|import|require)\s*\(?\s*(['"`])([#.][^'"`\n]*)\1/g;

/**
 * Paths with links resolved, each once. Packages are not among them, and neither is what cannot be found.
 *
 * @param notebook - Absolute path of the runbook.
 */
export function importedFiles(notebook: string, cells: readonly OutlineCell[]): readonly string[] {
  const found = new Set<string>();
  const look = (text: string, from: string): void => {
    for (const [, , name] of text.matchAll(IMPORT)) {
      const file = resolveFrom(from, name!);
      if (file !== null && !found.has(file)) {
        found.add(file);
        look(readTextOfRun(file, 'module'), file);
      }
    }
  };
  cells.filter(cell => cell.cell_type === 'code').forEach(({ source }) => look(textOf(source), notebook));
  return [...found];
}

function resolveFrom(file: string, name: string): string | null {
  try {
    const path = realpathSync(createRequire(file).resolve(name));
    return path.includes(`${sep}node_modules${sep}`) ? null : path;
  } catch {
    return null;
  }
}
