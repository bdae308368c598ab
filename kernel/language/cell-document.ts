// The document that the type checker sees for a cell: the cell's text, and after it, so that no position needs mapping, the
// names it gives to later cells and the names it takes from earlier ones. Only names that occur are taken, so a cell costs
// the same at the end of a long notebook as at its beginning.
import type { Analysis } from './analysis.js';
import type { LiveName } from './bindings.js';

/** A cell as the type checker sees it. */
export interface CellDocument {
  readonly text: string;
  /** The documents it takes names from. */
  readonly dependencies: ReadonlySet<number>;
}

/** File name of a cell's document in the notebook's folder, without its ending. */
export function documentName(number: number): string {
  return `__cell_${number}`;
}

/** Writes the document of a cell that takes from `live` what it uses. */
export function writeCellDocument(code: string, analysis: Analysis, live: ReadonlyMap<string, LiveName>): CellDocument {
  const names = new Set(analysis.occurrences.map(one => one.name));
  const taken = [...names].flatMap(name => (analysis.declared.has(name) ? [] : (live.get(name) ?? [])));
  const given = [...analysis.declared.keys()].filter(name => !analysis.exported.has(name));
  return { text: `${code}\n;export { ${given.join(', ')} };\n${takeNames(taken)}`, dependencies: documentsOf(taken) };
}

/** Writes the document of a text that may have faults, with every live name but those it seems to declare. */
export function writeQueryDocument(code: string, live: ReadonlyMap<string, LiveName>): string {
  const declared = new Set([...code.matchAll(DECLARED)].flatMap(match => match[0].match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []));
  return `${code}\n;export {};\n${takeNames([...live.values()].filter(name => !declared.has(name.name)))}`;
}

// What follows a word that declares, up to where its names end.
const DECLARED = /\b(?:(?:const|let|var)\s+(?:[{[][^=]*|[^\s=:;]+)|(?:function\*?|class|enum|interface|type|namespace)\s+[^\s<({=]+|import\s[^'"]*)/gu;

function takeNames(taken: readonly LiveName[]): string {
  const imports = new Map<number, string[]>();
  const lines: string[] = [];
  for (const { name, document, isAssignable, isType } of taken) {
    if (isAssignable) {
      lines.push(`declare let ${name}: typeof import("./${documentName(document)}.js").${name};`);
    } else {
      imports.set(document, [...(imports.get(document) ?? []), isType ? `type ${name}` : name]);
    }
  }
  for (const [document, names] of imports) {
    lines.push(`import { ${names.join(', ')} } from "./${documentName(document)}.js";`);
  }
  return lines.join('\n');
}

function documentsOf(taken: readonly LiveName[]): Set<number> {
  return new Set(taken.map(name => name.document));
}
