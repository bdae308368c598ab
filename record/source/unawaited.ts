// Whether anybody waits for the end of a call: what is neither awaited nor handed on, nor kept under a name that the cell uses again.
import { childOf, childrenOf, nameOf, type Node } from './parse.js';

/** `path` are the ancestors of `call`, outermost first. */
export function isUnawaited(path: readonly Node[], call: Node, body: readonly Node[]): boolean {
  let node = call;
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const parent = path[depth]!;
    switch (parent.type) {
      case 'ExpressionStatement':
        return true;
      case 'UnaryExpression':
        return parent['operator'] === 'void';
      case 'VariableDeclarator':
        return childOf(parent, 'init') === node && isNeverNamed(childOf(parent, 'id'), body);
      case 'ArrowFunctionExpression':
        return childOf(parent, 'body') === node && isForEach(path[depth - 1], parent);
      case 'SequenceExpression':
        if (!isLast(parent, node)) {
          return true;
        }
        break;
      case 'ConditionalExpression':
        if (childOf(parent, 'test') === node) {
          return false;
        }
        break;
      case 'LogicalExpression':
      case 'ParenthesizedExpression':
      case 'ChainExpression':
      case 'TSNonNullExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        break;
      default:
        return false;
    }
    node = parent;
  }
  return false;
}

function isLast(sequence: Node, node: Node): boolean {
  return childrenOf(sequence).at(-1) === node;
}

/** `forEach` drops what its callback gives back. */
function isForEach(parent: Node | undefined, callback: Node): boolean {
  const callee = parent?.type === 'CallExpression' ? childOf(parent, 'callee') : null;
  return (
    callee?.type === 'MemberExpression' &&
    nameOf(childOf(callee, 'property')) === 'forEach' &&
    childOf(parent!, 'callee') !== callback
  );
}

/** A name of its own that nothing else in the cell mentions; a pattern reads from the promise, which is a fault of its own. */
function isNeverNamed(id: Node | null, body: readonly Node[]): boolean {
  if (id?.type !== 'Identifier') {
    return true;
  }
  const name = nameOf(id);
  let mentions = 0;
  const visit = (node: Node): void => {
    mentions += node.type === 'Identifier' && nameOf(node) === name ? 1 : 0;
    childrenOf(node).forEach(visit);
  };
  body.forEach(visit);
  return mentions < 2;
}
