// The imports of a cell, name by name, and which import statements are left out: those whose names the cell uses as types
// and never as values, as TypeScript itself does. A later cell that uses such a name as a value makes up for the import.
import type { Analysis } from '../../../record/source/analysis.js';
import { childOf, listOf, nameOf, type Node } from '../../../record/source/parse.js';

/** One imported name. */
export interface ImportedName {
  readonly local: string;
  /** `default`, a name, a quoted name, or `*` for the module itself. */
  readonly imported: string;
  /** The module's specifier as a JavaScript string, followed by the import options when there are some. */
  readonly source: string;
}

/** The names that an import statement brings in at run time. */
export function importedBy(statement: Node): ImportedName[] {
  if (statement['importKind'] === 'type') {
    return [];
  }
  const source = sourceOf(statement);
  return listOf(statement, 'specifiers')
    .filter(specifier => specifier['importKind'] !== 'type')
    .map(specifier => ({
      local: nameOf(childOf(specifier, 'local')),
      imported: importedName(specifier),
      source
    }));
}

/** True for `import it from`, `import { default as it } from` and the same with the name in quotes. */
export function isDefault({ imported }: Pick<ImportedName, 'imported'>): boolean {
  return imported === 'default' || imported === '"default"';
}

/** The names whose import can be left out, by local name. */
export function postponedImports(analysis: Analysis): Map<string, ImportedName> {
  const uses = new Map<string, boolean>();
  for (const { name, isType } of analysis.occurrences) {
    uses.set(name, (uses.get(name) ?? true) && isType);
  }
  const postponed = new Map<string, ImportedName>();
  for (const statement of analysis.body) {
    const names = statement.type === 'ImportDeclaration' ? importedBy(statement) : [];
    if (names.every(({ local }) => uses.get(local) === true)) {
      names.forEach(name => postponed.set(name.local, name));
    }
  }
  return postponed;
}

/** `"m"`, or `"m", { with: { type: "json" } }`. */
export function sourceOf(statement: Node): string {
  const source = JSON.stringify(nameOf(childOf(statement, 'source')));
  const attributes = listOf(statement, 'attributes').map(
    attribute =>
      `${JSON.stringify(nameOf(childOf(attribute, 'key')))}: ${JSON.stringify(nameOf(childOf(attribute, 'value')))}`
  );
  return attributes.length === 0 ? source : `${source}, { with: { ${attributes.join(', ')} } }`;
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportNamespaceSpecifier') {
    return '*';
  }
  const imported = childOf(specifier, 'imported');
  if (imported === null) {
    return 'default';
  }
  return imported.type === 'Identifier' ? nameOf(imported) : JSON.stringify(nameOf(imported));
}
