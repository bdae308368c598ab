// input_reply: the answer to a question of a running cell. It is no request, so no status is published.
import type { Route } from '../queue/dispatcher.js';
import type { Stdin } from '../messages/stdin.js';

export function inputReplyRoute(stdin: Stdin): Route<'input_reply'> {
  return { handle: context => stdin.receive(context.request), isQuiet: true };
}
