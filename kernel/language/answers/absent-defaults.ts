// `import it from 'it'` where the types say that there is a default and the module has none when it runs. TypeScript takes a module that its
// types describe as CommonJS for one with a default; several packages of ES modules are described so. Node refuses them when they are
// linked, and so does a cell; it is found before anything of the cell has run.
import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { extname, join } from 'node:path';
import { hasDefault, listOf, type Fault } from '../../../record/source/parse.js';
import type { AnalysedCell } from '../javascript/transform.js';
import { findFile } from '../server/local-files.js';
import { importedBy, isDefault, postponedImports } from '../source/imported-names.js';

/** The defaults that a cell imports of modules without one, at the places of their names. */
export function absentDefaults({ analysis }: AnalysedCell, folder: string): Fault[] {
  const postponed = postponedImports(analysis);
  return analysis.body
    .filter(statement => statement.type === 'ImportDeclaration')
    .flatMap(statement => {
      const wanted = importedBy(statement).filter(name => isDefault(name) && !postponed.has(name.local));
      const specifier = String((statement['source'] as { readonly value?: unknown }).value);
      if (wanted.length === 0 || !isWithoutDefault(specifier, folder)) {
        return [];
      }
      const places = listOf(statement, 'specifiers').filter(
        ({ type }) => type !== 'ImportNamespaceSpecifier'
      );
      return places.slice(0, 1).map(({ start, end }) => ({
        start,
        end,
        message: `The module '${specifier}' has no default export when it runs, whatever its types say. Import what it has by name, import { name } from '${specifier}', or the whole, import * as all from '${specifier}'.`
      }));
    });
}

/** What cannot be found or read is left to the import itself. */
function isWithoutDefault(specifier: string, folder: string): boolean {
  try {
    const path = fileOf(specifier, folder);
    return path !== null && SCRIPT.test(path) && statSync(path).size <= MOST_BYTES
      ? hasDefault(path, readFileSync(path, 'utf8')) === false
      : false;
  } catch {
    return false;
  }
}

const SCRIPT = /(?<!\.d)\.[cm]?[jt]s$/;
const MOST_BYTES = 5_000_000;
/** Those of Node's import. An older Node 24 that does not take them finds what `require` would. */
const CONDITIONS = new Set(['node', 'import', 'module-sync', 'node-addons']);

function fileOf(specifier: string, folder: string): string | null {
  if (isBuiltin(specifier)) {
    return null;
  }
  if (/^\.\.?\//.test(specifier)) {
    const path = join(folder, specifier);
    return extname(path) === '.json' ? null : findFile(path);
  }
  const { resolve } = createRequire(join(folder, '__cell.js'));
  return resolve(specifier, { conditions: CONDITIONS } as object);
}
