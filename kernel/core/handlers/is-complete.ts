// is_complete_request: whether a console should run the code or go on reading.
import type { Route } from '../dispatcher.js';
import type { Interpreter } from '../ports.js';

export function isCompleteRoute(interpreter: Interpreter): Route<'is_complete_request'> {
  return {
    async handle(context) {
      const { status, indent } = await interpreter.isComplete(context.request.content.code);
      context.reply(status === 'incomplete' ? { status, indent: indent ?? '' } : { status });
    }
  };
}
