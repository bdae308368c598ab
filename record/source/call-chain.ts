// A chain of calls as it is written, `approval('Go').then(next)`: the whole of it is the outermost node, what it begins with the innermost.
import type { HelperCall } from '../../contract/notebook/source-facts.js';
import { childOf, type Node } from './parse.js';

/** The next node of the chain towards its beginning, or null at the beginning. */
export function innerOf(node: Node): Node | null {
  return (
    childOf(node, 'callee') ?? childOf(node, 'tag') ?? childOf(node, 'object') ?? childOf(node, 'expression')
  );
}

/** The call that the chain begins with; null when nothing in it is called. */
export function innermostCall(chain: Node): Node | null {
  let found: Node | null = null;
  for (let node: Node | null = chain; node !== null; node = innerOf(node)) {
    found = node.type === 'CallExpression' ? node : found;
  }
  return found;
}

/** Where a node stands in its text. */
export function rangeIn(text: string, { start, end }: Node): Pick<HelperCall, 'line' | 'start' | 'end'> {
  return { line: text.slice(0, start).split('\n').length, start, end };
}
