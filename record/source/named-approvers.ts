// Whom a call of `approval` names as plain texts: in `approvers` and in `escalate.to` of its options.
import type { HelperCall } from '../../contract/notebook/source-facts.js';
import { innermostCall, rangeIn } from './call-chain.js';
import { childOf, listOf, nameOf, type Node } from './parse.js';

/** Each name with its place. `call` is the whole chain that begins with the call. */
export function namedIn(text: string, call: Node): HelperCall[] {
  const options = listOf(innermostCall(call) ?? call, 'arguments')[1];
  const lists = [valueOf(options, 'approvers'), valueOf(valueOf(options, 'escalate'), 'to')];
  return lists
    .flatMap(list => (list?.type === 'ArrayExpression' ? listOf(list, 'elements') : []))
    .filter(element => element.type === 'Literal' && typeof element['value'] === 'string')
    .map(element => ({ helper: 'approval', name: nameOf(element), ...rangeIn(text, element) }));
}

function valueOf(object: Node | null | undefined, key: string): Node | null {
  const property =
    object?.type === 'ObjectExpression'
      ? listOf(object, 'properties').find(each => nameOf(childOf(each, 'key')) === key)
      : undefined;
  return property ? childOf(property, 'value') : null;
}
