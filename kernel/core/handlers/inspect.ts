// inspect_request: what is at a position. Nothing found is an answer, not an error.
import { codePointsToUtf16 } from '../../protocol/cursor.js';
import type { Route } from '../queue/dispatcher.js';
import type { CodeAnswers } from '../ports/ports.js';

export function inspectRoute(answers: CodeAnswers): Route<'inspect_request'> {
  return {
    async handle(context) {
      const { code, cursor_pos, detail_level } = context.request.content;
      const data = await answers.inspect(
        code,
        codePointsToUtf16(code, cursor_pos),
        detail_level === 1 ? 1 : 0
      );
      context.reply({ status: 'ok', found: data !== null, data: data ?? {}, metadata: {} });
    }
  };
}
