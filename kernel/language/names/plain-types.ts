// Variables and functions whose type can be written out: `declare let n: { id: number };` does for later cells what taking `n` from
// the cell's document does, and costs nothing, however long the chain of cells before it. What names a class or an interface of the
// author's is taken from the document.
import type { Analysis } from '../../../record/source/analysis.js';
import { declaredBy } from '../../../record/source/declarations.js';
import { unexported } from '../source/unexported.js';
import { isSelfContained, readType } from '../source/self-contained.js';
import type { LanguageServer } from '../server/lsp-client.js';
import { childOf, listOf, nameOf, type Node } from '../../../record/source/parse.js';
import { positionAt, type Hover } from '../server/protocol-types.js';

/** A declaration in full, and the names of the language's own types in it. */
export interface PlainType {
  readonly declaration: string;
  readonly globals: readonly string[];
}

const MOST_QUESTIONS = 8;
const LONGEST = 4_000;

/** Declarations for later cells, by name. `ask` tells what the server says of names of the cell; it is not called for none. */
export async function plainDeclarations(
  code: string,
  analysis: Analysis,
  ask: (names: readonly Node[]) => Promise<readonly string[]>
): Promise<Map<string, PlainType>> {
  const found = new Map<string, PlainType>();
  const declarations = declarationsOf(analysis);
  const written = new Map(declarations.map(one => [one, writtenOut(one, code)]));
  const asked = declarations.filter(one => written.get(one) === null).slice(0, MOST_QUESTIONS);
  const keep = (name: string, declaration: string | null): void => {
    const globals = declaration === null ? null : isSelfContained(declaration);
    if (declaration !== null && globals !== null && !globals.some(one => analysis.declared.has(one))) {
      found.set(name, { declaration, globals });
    }
  };
  for (const [{ id }, declaration] of written) {
    if (declaration !== null) {
      keep(nameOf(id), declaration);
    }
  }
  const answers = asked.length === 0 ? [] : await ask(asked.map(one => one.id));
  asked.forEach(({ word, id }, index) => {
    const said = answers[index] ?? '';
    keep(nameOf(id), said.length > LONGEST ? null : declarationFor(word, nameOf(id), said, code));
  });
  return found;
}

type Word = 'const' | 'let' | 'function';

interface Declaration {
  readonly word: Word;
  readonly id: Node;
  /** A function, or a variable's initializer. */
  readonly value: Node | null;
}

// What the author has written out already, or what is plain to see; null when the server has to be asked.
function writtenOut({ word, id, value }: Declaration, code: string): string | null {
  const name = nameOf(id);
  if (word === 'function') {
    const returned = value === null ? null : childOf(value, 'returnType');
    const isTyped = value !== null && listOf(value, 'params').every(isTypedParameter);
    return returned === null || !isTyped || hasProperties(name, code)
      ? null
      : `declare function ${name}${code.slice(id.end, returned.end)};`;
  }
  const type = childOf(id, 'typeAnnotation');
  if (type !== null) {
    return `declare ${word} ${name}${code.slice(type.start, type.end)};`;
  }
  const cast = value?.type === 'TSAsExpression' ? childOf(value, 'typeAnnotation') : null;
  const castTo = cast === null ? 'const' : code.slice(cast.start, cast.end);
  if (castTo !== 'const') {
    return `declare ${word} ${name}: ${castTo};`;
  }
  const literal = value?.type === 'Literal' ? code.slice(value.start, value.end) : '';
  if (!LITERAL.test(literal)) {
    return null;
  }
  const wide = /^["']/.test(literal) ? 'string' : 'number';
  return word === 'const' ? `declare const ${name} = ${literal};` : `declare let ${name}: ${wide};`;
}

function isTypedParameter(node: Node): boolean {
  return node.type === 'Identifier' && childOf(node, 'typeAnnotation') !== null;
}

// Those with a name that nothing else of the cell has: `interface A` beside `const A` is a type as well.
function declarationsOf({ body, declared }: Analysis): Declaration[] {
  const names = declaredBy(body).map(one => one.name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return body
    .map(unexported)
    .filter(statement => statement['declare'] !== true)
    .flatMap(namesOf)
    .filter(({ id }) => !repeated.has(nameOf(id)) && declared.get(nameOf(id))?.openType === null);
}

function namesOf(statement: Node): Declaration[] {
  const id = childOf(statement, 'id');
  if (statement.type === 'FunctionDeclaration' && id !== null) {
    return [{ word: 'function', id, value: statement }];
  }
  if (statement.type !== 'VariableDeclaration') {
    return [];
  }
  const word = statement['kind'] === 'let' || statement['kind'] === 'var' ? 'let' : 'const';
  return listOf(statement, 'declarations').flatMap(declarator => {
    const variable = childOf(declarator, 'id');
    return variable?.type === 'Identifier'
      ? [{ word, id: variable, value: childOf(declarator, 'init') }]
      : [];
  });
}

// What the server says of a name, as a declaration; null when that would lose something.
function declarationFor(word: Word, name: string, said: string, code: string): string | null {
  if (word === 'function') {
    return hasProperties(name, code) ? null : `declare ${said};`;
  }
  const type = /^(?:const|let|var) [^:]+: ([^]+)$/.exec(said)?.[1];
  const node = type === undefined ? null : readType(type);
  if (type === undefined || node === null) {
    return null;
  }
  if (node.type === 'TSLiteralType') {
    // A literal is said as an initializer, so that `let copy = name` still has a wide type.
    return word === 'const' && LITERAL.test(type) ? `declare const ${name} = ${type};` : null;
  }
  const isWidening = listOf(node, 'types').some(one => one.type === 'TSLiteralType');
  const isExtended = type.includes('=>') && hasProperties(name, code);
  return isWidening || isExtended || HAS_GETTER.test(code) ? null : `declare ${word} ${name}: ${type};`;
}

const LITERAL = /^(?:"[^"\\\n]{0,60}"|'[^'\\\n]{0,60}'|-?\d{1,15}(?:\.\d+)?)$/;

// The server does not say that what a getter gives cannot be assigned to.
const HAS_GETTER = /\bget\s+[\w$#'"[]/;

/** `f.limit = 5` after `function f() {}` is known to TypeScript as a property of the function. */
export function hasProperties(name: string, code: string): boolean {
  // Looked for by hand: making a pattern of each name takes longer than all the rest.
  for (let at = code.indexOf(name); at !== -1; at = code.indexOf(name, at + 1)) {
    OPENED.lastIndex = at + name.length;
    if (!/[\w$.]/.test(code[at - 1] ?? '') && OPENED.test(code)) {
      return true;
    }
  }
  return false;
}

/** What is read from the value before it. */
const OPENED = /\s*[.[]/y;

/** What the server says of a name in the document at `uri`, which begins with `code`. */
export async function describeName(
  server: LanguageServer,
  uri: string,
  code: string,
  id: Node
): Promise<string> {
  const position = positionAt(code, id.start);
  const hover = await server.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
  const contents = hover?.contents;
  const markdown = typeof contents === 'object' && 'value' in contents ? contents.value : '';
  return /^```\w*\n([^]+?)\n```/.exec(markdown)?.[1] ?? '';
}
