// What TypeScript accepts and V8's REPL mode does not do, said before anything runs.
import { childrenOf, type Fault, type Node } from './parse.js';

/** A construct that a cell cannot have. */
export interface Unsupported {
  readonly code: string;
  readonly fault: Fault;
}

/** Finds them in a cell. */
export function findUnsupported(body: readonly Node[], code: string): Unsupported[] {
  const found: Unsupported[] = [];
  for (const statement of body) {
    if (statement.type === 'VariableDeclaration' && /using$/.test(String(statement['kind']))) {
      found.push(
        unsupported(
          'cell.using',
          statement,
          '`using` at the top level of a cell is never disposed of. Put it into a block: { using … }'
        )
      );
    }
    if (code.includes('@')) {
      findDecorators(statement, found);
    }
  }
  return found;
}

function findDecorators(node: Node, found: Unsupported[]): void {
  if (node.type === 'Decorator') {
    found.push(
      unsupported(
        'cell.decorator',
        node,
        'Node.js does not run decorators. Call the function on the class instead.'
      )
    );
    return;
  }
  childrenOf(node).forEach(child => findDecorators(child, found));
}

function unsupported(code: string, node: Node, message: string): Unsupported {
  return { code, fault: { message, start: node.start, end: node.end } };
}
