// Surrounds the handling of a request with busy and idle. When a handler throws, a reply with `status: error` and an idle are sent
// all the same, so that no client waits for ever.
import { cellErrorOf } from '../../../contract/base/cell-error.js';
import { assertContent, type IncomingType } from '../../protocol/validate.js';
import type { StatusLine } from '../messages/status-line.js';
import { errorReplyOf } from './error-reply.js';
import type { RequestContext } from './request-context.js';

export interface RequestServerParts {
  readonly status: StatusLine;
  readonly onLog: (line: string) => void;
}

/** Serves requests with the handlers that it is given. */
export class RequestServer {
  readonly #parts: RequestServerParts;
  constructor(parts: RequestServerParts) {
    this.#parts = parts;
  }

  /** Serves a request now: busy, handler, idle. Resolves with the handler's result, undefined when it failed. */
  async serve<T extends IncomingType, R>(
    context: RequestContext<T>,
    handle: (context: RequestContext<T>) => Promise<R> | R
  ): Promise<R | undefined> {
    const { header } = context.request;
    this.#parts.status.begin(header);
    try {
      return await this.attempt(context, handle);
    } finally {
      this.#parts.status.end(header);
    }
  }

  /** The same of a message that is no request: no busy and idle. */
  async attempt<T extends IncomingType, R>(
    context: RequestContext<T>,
    handle: (context: RequestContext<T>) => Promise<R> | R
  ): Promise<R | undefined> {
    try {
      assertContent(context.request, context.request.header.type);
      return await handle(context);
    } catch (thrown) {
      this.#refuse(context, thrown);
      return undefined;
    }
  }

  #refuse(context: RequestContext, thrown: unknown): void {
    const { type } = context.request.header;
    const error = cellErrorOf(thrown);
    this.#parts.onLog(`Serving ${type} failed: ${error.traceback.join(' ')}`);
    if (type.endsWith('_request') && !context.hasReplied) {
      (context as RequestContext<'complete_request'>).reply(errorReplyOf(error));
    }
  }
}
