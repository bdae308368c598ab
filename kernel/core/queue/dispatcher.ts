// Finds the route of each message in one table.
import type { Message } from '../../protocol/messages.js';
import { isIncomingType, type IncomingType } from '../../protocol/validate.js';
import type { MessageSender } from '../messages/message-sender.js';
import type { Channel } from '../ports/ports.js';
import { RequestContext } from './request-context.js';
import type { RequestServer } from './request-server.js';
import type { StatusLine } from '../messages/status-line.js';

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

/** Joins a queue, which has it served when its turn comes. */
export interface QueuedRoute<T extends IncomingType> {
  enqueue(context: RequestContext<T>): void;
}

/** One route for each message type that clients send. */
export type RouteTable = { readonly [T in IncomingType]: Route<T> };

export interface DispatcherParts {
  readonly sender: MessageSender;
  readonly status: StatusLine;
  readonly server: RequestServer;
  readonly onLog: (line: string) => void;
}

/** Serves messages by a table of routes. */
export class Dispatcher {
  readonly #routes: RouteTable;
  readonly #parts: DispatcherParts;
  constructor(routes: RouteTable, parts: DispatcherParts) {
    this.#routes = routes;
    this.#parts = parts;
  }

  /** Serves a message, or queues it when its route says so. */
  receive(channel: Channel, message: Message): void {
    const { type } = message.header;
    const context = new RequestContext(channel, message, this.#parts.sender);
    if (!isIncomingType(type)) {
      this.#parts.onLog(
        `Message type ${type.slice(0, 64)} on ${channel} is not supported; it gets no reply.`
      );
      this.#parts.status.begin(message.header);
      this.#parts.status.end(message.header);
      return;
    }
    this.#follow(type, context as RequestContext<typeof type>);
  }

  #follow<T extends IncomingType>(type: T, context: RequestContext<T>): void {
    const route: Route<T> = this.#routes[type];
    if ('enqueue' in route) {
      route.enqueue(context);
    } else if (route.isQuiet) {
      void this.#parts.server.attempt(context, ready => route.handle(ready));
    } else {
      const serveFully = async (ready: RequestContext<T>): Promise<true> => {
        await route.handle(ready);
        return true;
      };
      void this.#parts.server
        .serve(context, serveFully)
        .then(isServed => isServed && route.afterwards?.(context));
    }
  }
}
