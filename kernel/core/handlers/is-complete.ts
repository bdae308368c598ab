// is_complete_request: whether a console should run the code or go on reading.
import type { Route } from '../queue/dispatcher.js';
import type { CodeAnswers } from '../ports/ports.js';

export function isCompleteRoute(answers: CodeAnswers): Route<'is_complete_request'> {
  return {
    async handle(context) {
      const { status, indent } = await answers.isComplete(context.request.content.code);
      context.reply(status === 'incomplete' ? { status, indent: indent ?? '' } : { status });
    }
  };
}
