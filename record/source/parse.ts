// The parser: text to an ESTree with TypeScript nodes (oxc, https://oxc.rs). Offsets are UTF-16 code units.
// Nodes are read by name here, because each rewrite knows a handful of the 160 kinds and walks over the others alike.
import { parseSync, visitorKeys } from 'oxc-parser';

/** A node of the tree. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A fault of the grammar, at a UTF-16 range. */
export interface Fault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What a cell is written in: TSX when it has elements in it, which plain TypeScript would take for casts. */
export type CellLanguage = 'ts' | 'tsx';

/** A parsed text. `body` is empty when there are faults. */
export interface Parsed {
  readonly body: readonly Node[];
  readonly faults: readonly Fault[];
  readonly comments: readonly Node[];
}

/** Parses a cell. It is a module: strict, with `await`, `import` and `export` at the top level. */
export function parse(text: string): Parsed & { readonly lang: CellLanguage } {
  const plain = parseProgram(text, 'ts');
  const fault = plain.faults[0];
  if (fault === undefined || !text.includes('<')) {
    return { ...plain, lang: 'ts' };
  }
  const extended = parseProgram(text, 'tsx');
  const isFurther = (extended.faults[0]?.start ?? Infinity) > fault.start;
  return isFurther ? { ...extended, lang: 'tsx' } : { ...plain, lang: 'ts' };
}

/** As many cells as are usually sent at once: the checker reads them ahead, the gate when each begins. A tree takes far more than its text. */
const MOST_REMEMBERED = 64;
const LONGEST_REMEMBERED = 4000;
const remembered = new Map<string, Parsed>();

/** Parses a module in a language that is known. Of the last texts the same trees are given again: nobody changes them. */
export function parseProgram(text: string, lang: CellLanguage | 'js'): Parsed {
  const key = `${lang} ${text}`;
  const parsed = remembered.get(key) ?? parseAnew(text, lang);
  remembered.delete(key);
  if (text.length <= LONGEST_REMEMBERED) {
    remembered.set(key, parsed);
  }
  if (remembered.size > MOST_REMEMBERED) {
    remembered.delete(remembered.keys().next().value!);
  }
  return parsed;
}

function parseAnew(text: string, lang: CellLanguage | 'js'): Parsed {
  const result = parseSync(`cell.${lang}`, text, { lang, sourceType: 'module' });
  const faults = result.errors.map(error => {
    const label = error.labels[0];
    return { message: error.message, start: label?.start ?? 0, end: label?.end ?? 0 };
  });
  return {
    body: result.program.body as unknown as Node[],
    faults,
    comments: result.comments as unknown as Node[]
  };
}

/** The specifiers that a file imports or exports from; those that `import()` is called with when they are plain strings. */
export function importedSpecifiers(name: string, text: string): string[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(name, text, {
    sourceType: 'module'
  }).module;
  const exported = staticExports.flatMap(({ entries }) =>
    entries.flatMap(entry => entry.moduleRequest?.value ?? [])
  );
  const called = dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start + 1, moduleRequest.end - 1)
  );
  return [...staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported, ...called];
}

/** Whether an ES module exports a default as a value; null for a text that is no ES module when its types are gone, or cannot be read. */
export function hasDefault(name: string, text: string): boolean | null {
  const { module, errors } = parseSync(name, text, {
    sourceType: name.endsWith('.mjs') ? 'module' : 'unambiguous'
  });
  const exported = module.staticExports.flatMap(({ entries }) => entries);
  const isOfTypes =
    exported.length > 0 && exported.every(({ isType }) => isType) && module.staticImports.length === 0;
  const isModule = /\.m[jt]s$/.test(name) || (module.hasModuleSyntax && !isOfTypes);
  return errors.length === 0 && isModule
    ? exported.some(
        ({ exportName, isType }) =>
          !isType && (exportName.kind === 'Default' || exportName.name === 'default')
      )
    : null;
}

/** The direct children of a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = node[key];
    if (Array.isArray(value)) {
      children.push(...(value as unknown[]).filter(isNode));
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

/** The child under a key, or null. */
export function childOf(node: Node, key: string): Node | null {
  const value = node[key];
  return isNode(value) ? value : null;
}

/** The children under a key that holds a list. */
export function listOf(node: Node, key: string): Node[] {
  const value = node[key];
  return Array.isArray(value) ? (value as unknown[]).filter(isNode) : [];
}

/** The name of an identifier, or the text of a string literal. */
export function nameOf(node: Node | null): string {
  return String(node?.['name'] ?? node?.['value'] ?? '');
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
