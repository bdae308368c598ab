// Overwrites TypeScript's part of a text with spaces, by the positions of its tree, so that line and column stay. It knows the common
// parts and gives up on everything else: Node's own function, which knows them all, takes 50 ms and 20 MB at its first use.
import { Edits } from './edits.js';
import { childOf, childrenOf, listOf, nameOf, type Node } from '../../../record/source/parse.js';

/** The text without types; null when there is something in it that has to be left to others. */
export function blankTypes(text: string, body: readonly Node[]): string | null {
  const blanker = new Blanker(text);
  return body.every(statement => blanker.visit(statement)) ? blanker.edits.apply() : null;
}

class Blanker {
  readonly edits: Edits;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.edits = new Edits(text);
  }

  /** False when it has to be left to others. */
  visit(node: Node): boolean {
    if (isErasedStatement(node)) {
      return this.#blank(node.start, node.end);
    }
    if (MODIFIERS.some(modifier => isSet(node[modifier]))) {
      return false;
    }
    const visit = VISITS[node.type];
    if (visit !== undefined) {
      return visit(node, this);
    }
    return !node.type.startsWith('TS') && this.all(childrenOf(node));
  }

  all(nodes: readonly Node[]): boolean {
    return nodes.every(node => this.visit(node));
  }

  /** The expression stays, what follows it goes. */
  cutAfter(expression: Node, node: Node): boolean {
    return this.#blank(expression.end, node.end) && this.visit(expression);
  }

  /** A type that stands where a line break would mean something else must not leave one. */
  blankWhole(node: Node, mayBreak: boolean): boolean {
    return (
      (mayBreak || !this.#text.slice(node.start, node.end).includes('\n')) &&
      this.#blank(node.start, node.end)
    );
  }

  blankIdentifier(node: Node): boolean {
    const end = node.start + nameOf(node).length;
    const isPlain = childOf(node, 'typeAnnotation') === null && node['optional'] !== true;
    return isPlain || (this.#text.startsWith(nameOf(node), node.start) && this.#blank(end, node.end));
  }

  blankImplements(first: Node, last: Node): boolean {
    const start = this.#text.lastIndexOf('implements', first.start - 1);
    return start !== -1 && this.#blank(start, last.end);
  }

  // What follows on the next line would now belong to what stands before.
  #blank(start: number, end: number): boolean {
    CONTINUATION.lastIndex = end;
    if (CONTINUATION.test(this.#text)) {
      return false;
    }
    this.edits.blank(start, end);
    return true;
  }
}

type Visit = (node: Node, blanker: Blanker) => boolean;

const CONTINUATION = /[^\S\n]*\n\s*[([`+\-/*.,<]/y;

const MODIFIERS = ['accessibility', 'readonly', 'override', 'abstract', 'declare', 'definite'];

const visitFunction: Visit = (node, blanker) => {
  const returnType = childOf(node, 'returnType');
  const typeParameters = childOf(node, 'typeParameters');
  const isArrow = node.type === 'ArrowFunctionExpression';
  const params = listOf(node, 'params');
  return (
    !params.some(param => param.type === 'Identifier' && nameOf(param) === 'this') &&
    (returnType === null || blanker.blankWhole(returnType, !isArrow)) &&
    (typeParameters === null || blanker.blankWhole(typeParameters, !isArrow)) &&
    blanker.all(childrenOf(node).filter(child => child !== returnType && child !== typeParameters))
  );
};

const visitClass: Visit = (node, blanker) => {
  const contracts = listOf(node, 'implements');
  const first = contracts[0];
  return (
    (first === undefined || blanker.blankImplements(first, contracts.at(-1)!)) &&
    blanker.all(childrenOf(node).filter(child => !contracts.includes(child)))
  );
};

// `get: string` and a line break would become a getter of the next line.
const visitMember: Visit = (node, blanker) =>
  node['optional'] !== true && !KEYWORDS.has(nameOf(childOf(node, 'key'))) && blanker.all(childrenOf(node));

const KEYWORDS = new Set(['get', 'set', 'static', 'async', 'accessor']);

const visitCast: Visit = (node, blanker) => blanker.cutAfter(childOf(node, 'expression')!, node);

const visitType: Visit = (node, blanker) => blanker.blankWhole(node, true);

const visitPattern: Visit = (node, blanker) => node['optional'] !== true && blanker.all(childrenOf(node));

const VISITS: Readonly<Record<string, Visit>> = {
  Identifier: (node, blanker) => blanker.blankIdentifier(node),
  ObjectPattern: visitPattern,
  ArrayPattern: visitPattern,
  AssignmentPattern: visitPattern,
  RestElement: visitPattern,
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  MethodDefinition: visitMember,
  PropertyDefinition: visitMember,
  TSTypeAnnotation: visitType,
  TSTypeParameterDeclaration: visitType,
  TSTypeParameterInstantiation: visitType,
  TSAsExpression: visitCast,
  TSSatisfiesExpression: visitCast,
  TSNonNullExpression: visitCast,
  TSInstantiationExpression: visitCast,
  ExportDefaultDeclaration: (node, blanker) =>
    !isErasedStatement(childOf(node, 'declaration')!) && blanker.all(childrenOf(node)),
  ExportAllDeclaration: node => node['exportKind'] !== 'type',
  ExportSpecifier: node => node['exportKind'] !== 'type',
  // Its rewrite looks at the tree alone.
  ImportDeclaration: () => true
};

function isErasedStatement(node: Node): boolean {
  if (node.type === 'ExportNamedDeclaration') {
    const declaration = childOf(node, 'declaration');
    return node['exportKind'] === 'type' || (declaration !== null && isErasedStatement(declaration));
  }
  return (
    (node.type === 'ImportDeclaration' && node['importKind'] === 'type') ||
    node.type === 'TSInterfaceDeclaration' ||
    node.type === 'TSTypeAliasDeclaration' ||
    node.type === 'TSDeclareFunction' ||
    (node['declare'] === true && STATEMENTS.has(node.type))
  );
}

const STATEMENTS = new Set([
  'VariableDeclaration',
  'ClassDeclaration',
  'FunctionDeclaration',
  'TSEnumDeclaration',
  'TSModuleDeclaration'
]);

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
