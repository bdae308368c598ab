// Finds the route of each message in one table and surrounds it with busy and idle. A handler that throws still leaves
// a reply with `status: error` and an idle behind, so that no client waits for ever.
import type { Message } from '../protocol/messages.js';
import { assertContent, isIncomingType, type IncomingType } from '../protocol/validate.js';
import { cellErrorOf, errorReplyOf } from './cell-error.js';
import type { MessageSender } from './message-sender.js';
import type { Channel } from './ports.js';
import { RequestContext } from './request-context.js';
import type { StatusLine } from './status-line.js';

/** How one message type is served. */
export type Route<T extends IncomingType> = ServedRoute<T> | QueuedRoute<T>;

/** Served the moment it arrives. */
export interface ServedRoute<T extends IncomingType> {
  handle(context: RequestContext<T>): Promise<void> | void;
  /** Runs after idle was published, when the request was served. */
  afterwards?(context: RequestContext<T>): Promise<void> | void;
  /** Not a request: no busy and idle. */
  readonly isQuiet?: true;
}

/** Joins a queue, which has it served by {@link Dispatcher.serve} when its turn comes. */
export interface QueuedRoute<T extends IncomingType> {
  enqueue(context: RequestContext<T>): void;
}

/** One route for each message type that clients send. */
export type RouteTable = { readonly [T in IncomingType]: Route<T> };

export interface DispatcherParts {
  readonly sender: MessageSender;
  readonly status: StatusLine;
  readonly onLog: (line: string) => void;
}

/** Serves messages by a table of routes. */
export class Dispatcher {
  constructor(
    private readonly routes: RouteTable,
    private readonly parts: DispatcherParts
  ) {}

  /** Serves a message, or queues it when its route says so. */
  receive(channel: Channel, message: Message): void {
    const { type } = message.header;
    const context = new RequestContext(channel, message, this.parts.sender);
    if (!isIncomingType(type)) {
      this.parts.onLog(`Message type ${type.slice(0, 64)} on ${channel} is not supported; it gets no reply.`);
      this.parts.status.begin(message.header);
      this.parts.status.end(message.header);
      return;
    }
    this.follow(type, context as RequestContext<typeof type>);
  }

  /** Serves a request now: busy, handler, idle. Resolves with the handler's result, undefined when it failed. */
  async serve<T extends IncomingType, R>(
    context: RequestContext<T>,
    handle: (context: RequestContext<T>) => Promise<R> | R
  ): Promise<R | undefined> {
    const { header } = context.request;
    this.parts.status.begin(header);
    try {
      return await this.attempt(context, handle);
    } finally {
      this.parts.status.end(header);
    }
  }

  private follow<T extends IncomingType>(type: T, context: RequestContext<T>): void {
    const route: Route<T> = this.routes[type];
    if ('enqueue' in route) {
      route.enqueue(context);
    } else if (route.isQuiet) {
      void this.attempt(context, ready => route.handle(ready));
    } else {
      const serveFully = async (ready: RequestContext<T>): Promise<true> => {
        await route.handle(ready);
        return true;
      };
      void this.serve(context, serveFully).then(isServed => isServed && route.afterwards?.(context));
    }
  }

  private async attempt<T extends IncomingType, R>(
    context: RequestContext<T>,
    handle: (context: RequestContext<T>) => Promise<R> | R
  ): Promise<R | undefined> {
    try {
      assertContent(context.request, context.request.header.type);
      return await handle(context);
    } catch (thrown) {
      this.refuse(context, thrown);
      return undefined;
    }
  }

  private refuse(context: RequestContext, thrown: unknown): void {
    const { type } = context.request.header;
    const error = cellErrorOf(thrown);
    this.parts.onLog(`Serving ${type} failed: ${error.traceback.join(' ')}`);
    if (type.endsWith('_request') && !context.hasReplied) {
      (context as RequestContext<'complete_request'>).reply(errorReplyOf(error));
    }
  }
}
