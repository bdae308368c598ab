// The document that the type checker sees for a cell: the cell's text, and after it, so that no position needs mapping, the
// names it gives to later cells and the names it takes from earlier ones. Only names that occur are taken, so a cell costs
// the same at the end of a long notebook as at its beginning.
import { FROZEN_IMPORT } from './frozen-documents.js';
import { documentName } from './document-name.js';
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
  /** Those of them that are read whole, and not as frozen declarations. */
  readonly inFull: ReadonlySet<number>;
  /** The names it takes. */
  readonly taken: readonly LiveName[];
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
    ...sourcesOf(taken),
    taken
  };
}

/** Frozen declarations of a cell with what they take, as they stand in a namespace. */
export function writeFrozen(
  declarations: string,
  { taken }: Pick<CellDocument, 'taken'>
): { readonly text: string; readonly inFull: ReadonlySet<number> } {
  const words = new Set(declarations.match(WORD) ?? []);
  const used = taken.filter(({ name }) => words.has(name));
  const lines = used.map(
    one => takeAlone(one) ?? `import ${one.name} = ${documentName(one.document)}.${one.name};`
  );
  return { text: [...lines, declarations].join('\n'), inFull: sourcesOf(used).inFull };
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
    .map(name => ({ ...name, plain: null, frozen: null, isAssignable: false }));
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
  return { text: lines.join('\n'), lang, ...sourcesOf(taken), taken };
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
  const lines: string[] = taken.some(isFrozen) ? [FROZEN_IMPORT] : [];
  for (const one of taken) {
    const alone = takeAlone(one);
    if (alone === null) {
      const { name, document, isType } = one;
      imports.set(document, [...(imports.get(document) ?? []), isType ? `type ${name}` : name]);
    } else {
      lines.push(alone);
    }
  }
  for (const [document, names] of imports) {
    lines.push(`import { ${names.join(', ')} } from "./${documentName(document)}.js";`);
  }
  return lines.join('\n');
}

/** A line that takes one name; null when it has to be imported with others. */
function takeAlone({ name, document, isAssignable, openType, plain, frozen }: LiveName): string | null {
  if (plain !== null) {
    return plain.declaration;
  }
  if (isAssignable || openType !== null) {
    const place = frozen ?? `import("./${documentName(document)}.js")`;
    const type = openType ?? `typeof ${place}.${name}`;
    return `declare ${isAssignable ? 'let' : 'const'} ${name}: ${type};`;
  }
  return frozen === null ? null : `import ${name} = ${frozen}.${name};`;
}

function isFrozen({ plain, frozen }: LiveName): boolean {
  return plain === null && frozen !== null;
}

function sourcesOf(taken: readonly LiveName[]): Pick<CellDocument, 'dependencies' | 'inFull'> {
  const needed = taken.filter(({ plain }) => plain === null);
  return {
    dependencies: new Set(needed.map(({ document }) => document)),
    inFull: new Set(needed.filter(one => !isFrozen(one)).map(({ document }) => document))
  };
}
