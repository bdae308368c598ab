// Places of a name that declare it or assign to it, and do not use it.
import { childOf, listOf, type Node } from './parse.js';

/** The place where a name is declared or assigned is no use of it. */
export function isDeclaredAt(node: Node, path: readonly Node[]): boolean {
  const parent = path.at(-1);
  if (parent === undefined) {
    return false;
  }
  if (parent.type === 'AssignmentExpression') {
    return parent['operator'] === '=' && childOf(parent, 'left') === node;
  }
  if (DECLARING.has(parent.type)) {
    return childOf(parent, 'id') === node;
  }
  const declarator = path.findLastIndex(({ type }) => type === 'VariableDeclarator');
  const pattern = declarator < 0 ? null : childOf(path[declarator]!, 'id');
  return pattern !== null && pattern === path[declarator + 1] && isLeafOf(pattern, node);
}

function isLeafOf(pattern: Node, node: Node): boolean {
  switch (pattern.type) {
    case 'ObjectPattern':
      return listOf(pattern, 'properties').some(property =>
        isLeafOf(childOf(property, property.type === 'Property' ? 'value' : 'argument') ?? property, node)
      );
    case 'ArrayPattern':
      return listOf(pattern, 'elements').some(element => isLeafOf(element, node));
    case 'AssignmentPattern':
      return isLeafOf(childOf(pattern, 'left')!, node);
    case 'RestElement':
      return isLeafOf(childOf(pattern, 'argument')!, node);
    default:
      return pattern === node;
  }
}

const DECLARING: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'VariableDeclarator'
]);
