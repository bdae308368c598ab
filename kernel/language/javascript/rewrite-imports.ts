// `import { a, b as c } from "m"` becomes `const { a, b: c } = await __launchbookImport("m");`, because V8 refuses import
// declarations in scripts and `import()` in evaluated ones. `import()` and `import.meta` get their own names too. Where a default is
// imported, the executor is told, so that a module without one is refused as Node and TypeScript refuse it.
import type { Analysis } from '../../../record/source/analysis.js';
import type { Edits } from './edits.js';
import { importedBy, isDefault, sourceOf, type ImportedName } from '../source/imported-names.js';
import { listOf, type Node } from '../../../record/source/parse.js';

/** The function that the executor puts into the global scope for every import. */
const IMPORT = '__launchbookImport';
/** What `import.meta` is in a cell. */
const META = '__launchbookMeta';

/** Rewrites every import of a cell. `postponed` are the local names that need no import. */
export function rewriteImports(
  edits: Edits,
  analysis: Analysis,
  renames: ReadonlyMap<string, string>,
  postponed: ReadonlyMap<string, ImportedName>
): void {
  for (const statement of analysis.body) {
    if (statement.type === 'ImportDeclaration' && statement['importKind'] !== 'type') {
      rewriteStatement(edits, statement, analysis, renames, postponed);
    }
  }
  for (const node of analysis.imports) {
    if (node.type === 'ImportExpression') {
      edits.replace(node.start, node.start + 'import'.length, IMPORT);
    } else {
      edits.replace(node.start, node.end, META);
    }
  }
}

/** A statement that imports names. */
export function importStatement(
  source: string,
  names: readonly ImportedName[],
  renames: ReadonlyMap<string, string>
): string {
  const module = names.find(name => name.imported === '*');
  const picked = names.filter(name => name.imported !== '*');
  const pattern = `{ ${picked.map(name => pick(name, renames)).join(', ')} }`;
  const load = `await ${names.some(isDefault) ? `${IMPORT}.withDefault` : IMPORT}(${source})`;
  if (module === undefined) {
    return names.length === 0 ? `${load};` : `const ${pattern} = ${load};`;
  }
  const whole = renames.get(module.local) ?? module.local;
  return `const ${whole} = ${load}${picked.length === 0 ? '' : `, ${pattern} = ${whole}`};`;
}

function rewriteStatement(
  edits: Edits,
  statement: Node,
  analysis: Analysis,
  renames: ReadonlyMap<string, string>,
  postponed: ReadonlyMap<string, ImportedName>
): void {
  const names = importedBy(statement);
  const isErased =
    listOf(statement, 'specifiers').length > 0 && names.every(({ local }) => postponed.has(local));
  if (isErased) {
    edits.blank(statement.start, statement.end, ';');
    return;
  }
  const js = importStatement(sourceOf(statement), names, renames);
  // Imports are hoisted: a name may be used above its import.
  const locals = new Set(names.map(name => name.local));
  if (
    analysis.occurrences.some(
      ({ name, start, isType }) => !isType && start < statement.start && locals.has(name)
    )
  ) {
    edits.insert(0, `${js} `);
    edits.blank(statement.start, statement.end, ';');
  } else {
    edits.replace(statement.start, statement.end, js);
  }
}

function pick({ local, imported }: ImportedName, renames: ReadonlyMap<string, string>): string {
  const name = renames.get(local) ?? local;
  return imported === name ? name : `${imported}: ${name}`;
}
