// shutdown_request: ends the cells, answers the requester and everybody else, then ends the process after idle.
import type { Route } from '../queue/dispatcher.js';

export interface ShutdownSteps {
  /** Ends cells and interpreter. */
  stop(isRestart: boolean): Promise<void>;
  /** Sends what is left and ends the process. */
  leave(isRestart: boolean): Promise<void>;
}

export function shutdownRoute(steps: ShutdownSteps): Route<'shutdown_request'> {
  return {
    async handle(context) {
      const restart = context.request.content.restart ?? false;
      await steps.stop(restart);
      context.reply({ status: 'ok', restart });
      context.publish('shutdown_reply', { status: 'ok', restart });
    },
    afterwards: context => steps.leave(context.request.content.restart ?? false)
  };
}
