// history_request: earlier cells by range, the last ones, or those that match a pattern. Outputs are not kept here,
// so a request with `output` gets null for each.
import type { HistoryRequest } from '../../protocol/messages.js';
import { ProtocolError } from '../../protocol/protocol-error.js';
import type { Route } from '../queue/dispatcher.js';
import type { HistoryEntry, HistoryStore } from '../ports/ports.js';

export function historyRoute(history: HistoryStore): Route<'history_request'> {
  return {
    async handle(context) {
      const request = context.request.content;
      const entries = await find(history, request);
      context.reply({
        status: 'ok',
        history: entries.map(({ session, line, source }) => [
          session,
          line,
          request.output ? [source, null] : source
        ])
      });
    }
  };
}

function find(history: HistoryStore, request: HistoryRequest): Promise<readonly HistoryEntry[]> {
  const count = request.n ?? Number.MAX_SAFE_INTEGER;
  switch (request.hist_access_type) {
    case 'tail':
      return history.tail(count);
    case 'range':
      return history.range(request.session ?? 0, request.start ?? 0, request.stop ?? null);
    case 'search':
      return history.search(request.pattern ?? '*', count, request.unique ?? false);
    default:
      throw new ProtocolError(
        `\`hist_access_type\` is ${JSON.stringify(request.hist_access_type)}, expected "tail", "range" or "search"`,
        'protocol.invalid_content'
      );
  }
}
