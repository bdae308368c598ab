// complete_request: completions at a position, with the typed form that JupyterLab and VS Code read.
// Types: https://jupyter-client.readthedocs.io/en/latest/messaging.html#completion and ipykernel's `_jupyter_types_experimental`.
import { codePointsToUtf16, utf16ToCodePoints } from '../../protocol/cursor.js';
import type { Route } from '../queue/dispatcher.js';
import type { CodeAnswers } from '../ports/ports.js';

export function completeRoute(answers: CodeAnswers): Route<'complete_request'> {
  return {
    async handle(context) {
      const { code, cursor_pos } = context.request.content;
      const { start, end, items } = await answers.complete(code, codePointsToUtf16(code, cursor_pos));
      const span = { start: utf16ToCodePoints(code, start), end: utf16ToCodePoints(code, end) };
      context.reply({
        status: 'ok',
        matches: items.map(item => item.text),
        cursor_start: span.start,
        cursor_end: span.end,
        metadata: {
          _jupyter_types_experimental: items.map(({ text, type, signature }) => ({
            ...span,
            text,
            type,
            ...(signature === undefined ? {} : { signature })
          }))
        }
      });
    }
  };
}
