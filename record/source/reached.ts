// What of a cell runs when the cell runs. A function, a method or a field that the cell only declares is run by whoever names what holds
// it; in a callback, and in what is called where it stands, it runs at once. Too much is better than too little.
import type { Analysis } from './analysis.js';
import { patternNames } from './declarations.js';
import { isDeclaredAt } from './declared-places.js';
import { childOf, childrenOf, nameOf, type Node } from './parse.js';

/** Says of a place, by its ancestors and itself, outermost first, whether the cell reaches it. */
export function reachedPlaces({ body, occurrences }: Analysis): (path: readonly Node[]) => boolean {
  const uses = new Map(occurrences.filter(({ isType }) => !isType).map(({ start, name }) => [start, name]));
  const namedIn = new Map<Node | null, Set<string>>();
  const visit = (node: Node, path: readonly Node[]): void => {
    const here = [...path, node];
    const name = isName(node) && !isDeclaredAt(node, path) ? uses.get(node.start) : undefined;
    if (name !== undefined) {
      const holder = holderOf(here);
      namedIn.set(holder, (namedIn.get(holder) ?? new Set()).add(name));
    }
    childrenOf(node).forEach(child => visit(child, here));
  };
  body.forEach(statement => visit(statement, []));
  const named = new Set(namedIn.get(null));
  const reached = new Set<Node>();
  const holders = [...namedIn.keys()].filter(holder => holder !== null);
  for (let isMore = true; isMore;) {
    const next = holders.filter(
      holder => !reached.has(holder) && namesOf(holder).some(name => named.has(name))
    );
    next.forEach(holder => {
      reached.add(holder);
      namedIn.get(holder)!.forEach(name => named.add(name));
    });
    isMore = next.length > 0;
  }
  return path => {
    const holder = holderOf(path);
    return holder === null || reached.has(holder) || namesOf(holder).some(name => named.has(name));
  };
}

/** What the cell declares that holds the function, method or field around a place; null for a place that is run where it stands. */
function holderOf(path: readonly Node[]): Node | null {
  let index = path.findIndex((node, at) => isRunLater(node, path[at + 1]));
  for (; index >= 0; index -= 1) {
    const node = path[index]!;
    const parent = path[index - 1];
    if (parent === undefined || EXPORTS.has(parent.type)) {
      return DECLARATIONS.has(node.type) || parent?.type === 'ExportDefaultDeclaration' ? node : null;
    }
    if (isKeptBy(parent, node)) {
      const statement = path[index - 2];
      const isOutermost = statement === path[0] || (EXPORTS.has(path[0]!.type) && statement === path[1]);
      return isOutermost ? parent : null;
    }
    if (!INERT.has(parent.type)) {
      return null;
    }
  }
  return null;
}

function isRunLater(node: Node, inner: Node | undefined): boolean {
  return (
    FUNCTIONS.has(node.type) ||
    (FIELDS.has(node.type) &&
      node['static'] !== true &&
      inner !== undefined &&
      childOf(node, 'value') === inner)
  );
}

/** `const name = …` and `name = …`. */
function isKeptBy(parent: Node, node: Node): boolean {
  return (
    (parent.type === 'VariableDeclarator' && childOf(parent, 'init') === node) ||
    (parent.type === 'AssignmentExpression' &&
      parent['operator'] === '=' &&
      childOf(parent, 'left')?.type === 'Identifier' &&
      childOf(parent, 'right') === node)
  );
}

function namesOf(holder: Node): string[] {
  if (holder.type === 'AssignmentExpression') {
    return [nameOf(childOf(holder, 'left'))];
  }
  return patternNames(childOf(holder, 'id'));
}

function isName({ type }: Node): boolean {
  return type === 'Identifier' || type === 'JSXIdentifier';
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression'
]);
const FIELDS: ReadonlySet<string> = new Set(['PropertyDefinition', 'AccessorProperty']);
const EXPORTS: ReadonlySet<string> = new Set(['ExportNamedDeclaration', 'ExportDefaultDeclaration']);
const DECLARATIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'ClassDeclaration']);

/** What holds a value and does not run it. */
const INERT: ReadonlySet<string> = new Set([
  ...FIELDS,
  'ArrayExpression',
  'ClassBody',
  'ClassDeclaration',
  'ClassExpression',
  'MethodDefinition',
  'ObjectExpression',
  'ParenthesizedExpression',
  'Property',
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion'
]);
