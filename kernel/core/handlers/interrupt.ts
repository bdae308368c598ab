// interrupt_request: stops the running cell and answers when it has stopped.
import type { Route } from '../queue/dispatcher.js';

export function interruptRoute(interrupt: () => Promise<void>): Route<'interrupt_request'> {
  return {
    async handle(context) {
      await interrupt();
      context.reply({ status: 'ok' });
    }
  };
}
