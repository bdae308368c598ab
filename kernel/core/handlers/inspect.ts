// inspect_request: what is at a position. Nothing found is an answer, not an error.
import { codePointsToUtf16 } from '../../protocol/cursor.js';
import type { Route } from '../dispatcher.js';
import type { Interpreter } from '../ports.js';

export function inspectRoute(interpreter: Interpreter): Route<'inspect_request'> {
  return {
    async handle(context) {
      const { code, cursor_pos, detail_level } = context.request.content;
      const data = await interpreter.inspect(
        code,
        codePointsToUtf16(code, cursor_pos),
        detail_level === 1 ? 1 : 0
      );
      context.reply({ status: 'ok', found: data !== null, data: data ?? {}, metadata: {} });
    }
  };
}
