// The document that the type checker sees for a cell: the cell's text, and after it, so that no position needs mapping, the
// names it gives to later cells and the names it takes from earlier ones. Only names that occur are taken, so a cell costs
// the same at the end of a long notebook as at its beginning.
import type { LiveName } from '../names/bindings.js';
import { parse, type CellLanguage, type Fault } from '../../../record/source/parse.js';
import type { AnalysedCell } from '../javascript/transform.js';

/** A cell as the type checker sees it. */
export interface CellDocument {
  readonly text: string;
  /** The ending of its file. */
  readonly lang: CellLanguage;
  /** The documents it takes names from. */
  readonly dependencies: ReadonlySet<number>;
}

/** File name of a cell's document in the notebook's folder, without its ending. */
export function documentName(number: number): string {
  return `__cell_${number}`;
}

/** Writes the document of a cell that takes from `live` what it uses. */
export function writeCellDocument(
  { code, lang, analysis }: AnalysedCell,
  live: Pick<ReadonlyMap<string, LiveName>, 'get' | 'has'>
): CellDocument {
  const names = new Set(analysis.occurrences.map(one => one.name));
  const used = [...names].flatMap(name => (analysis.declared.has(name) ? [] : (live.get(name) ?? [])));
  // A plain declaration speaks of the language's own `Map`; where that name is another thing, it says nothing.
  const taken = used.map(name =>
    name.plain?.globals.some(
      global => analysis.declared.has(global) || (names.has(global) && live.has(global))
    )
      ? { ...name, plain: null }
      : name
  );
  const given = [...analysis.declared.keys()].filter(name => !analysis.exported.has(name));
  return {
    text: `${code}\n;export { ${given.join(', ')} };\n${takeNames(taken)}`,
    lang,
    dependencies: documentsOf(taken)
  };
}

/** The helper library, whose names are imported for questions because a global made of a type has no documentation. */
export interface LibraryNames {
  readonly path: string;
  readonly names: readonly string[];
}

/** Writes the document of a text that may have faults. Live names that it does not mention are there too, without a type. */
export function writeQueryDocument(
  code: string,
  live: ReadonlyMap<string, LiveName>,
  library: LibraryNames | null
): CellDocument {
  const words = new Set(code.match(WORD) ?? []);
  const declared = new Set([...code.matchAll(DECLARED)].flatMap(match => match[0].match(WORD) ?? []));
  const others = [...live.values()].filter(name => !declared.has(name.name));
  const taken = others
    .filter(name => words.has(name.name))
    .map(name => ({ ...name, plain: null, isAssignable: false }));
  const stubs = others.filter(name => !words.has(name.name)).map(writeStub);
  const helpers = (library?.names ?? []).filter(
    name => words.has(name) && !declared.has(name) && !live.has(name)
  );
  const helperImport =
    helpers.length === 0 ? [] : [`import { ${helpers.join(', ')} } from ${JSON.stringify(library?.path)};`];
  const { faults, lang } = parse(code);
  const lines = [
    code + closersFor(code, faults[0]),
    ';export {};',
    takeNames(taken),
    ...helperImport,
    ...stubs
  ];
  return { text: lines.join('\n'), lang, dependencies: documentsOf(taken) };
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

// What follows a word that declares, up to where its names end.
const DECLARED =
  /\b(?:(?:const|let|var)\s+(?:[{[][^=]*|[^\s=:;]+)|(?:function\*?|class|enum|interface|type|namespace)\s+[^\s<({=]+|import\s[^'"]*)/gu;

// An open template or comment would swallow the lines after it.
function closersFor(code: string, fault: Fault | undefined): string {
  const rest = fault === undefined ? '' : code.slice(fault.start);
  if (rest.startsWith('/*')) {
    return '*/';
  }
  const isTemplate = (code.match(/(?<!\\)`/g) ?? []).length % 2 === 1;
  const isExpression = isTemplate && /\$\{[^}]*$/.test(code);
  return isExpression ? '}`' : isTemplate ? '`' : '';
}

function writeStub({ name, isType, binding }: LiveName): string {
  if (isType) {
    return `type ${name} = any;`;
  }
  return binding === 'var' ? `declare var ${name}: any;` : `declare const ${name}: any;`;
}

function takeNames(taken: readonly LiveName[]): string {
  const imports = new Map<number, string[]>();
  const lines: string[] = [];
  for (const { name, document, isAssignable, isType, openType, plain } of taken) {
    if (plain !== null) {
      lines.push(plain.declaration);
    } else if (isAssignable || openType !== null) {
      const type = openType ?? `typeof import("./${documentName(document)}.js").${name}`;
      lines.push(`declare ${isAssignable ? 'let' : 'const'} ${name}: ${type};`);
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
  return new Set(taken.filter(name => name.plain === null).map(name => name.document));
}
