// A client of a kernel in the same process: sends requests and resolves with everything that belongs to each of them.
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../contract/base/json.js';
import type { Channel } from '../core/ports/ports.js';
import { makeMessage, type Sender } from '../protocol/make.js';
import type { ContentOf, Message, MessageType, ReplyOf } from '../protocol/messages.js';
import type { InMemoryConnection, InMemoryTransport } from './in-memory.js';

/** A finished request: its reply, and what was published for it, idle included. */
export interface Exchange<T extends string> {
  readonly reply: Message<ReplyOf<T>>;
  readonly published: readonly Message[];
}

export interface InMemoryClientOptions {
  /** Answers `input_request`; without it requests say that they take no input. */
  readonly onInput?: (prompt: string, isPassword: boolean) => Promise<string>;
  /** Sees every iopub message the moment it arrives, after the request that it belongs to. */
  readonly onPublished?: (message: Message) => void;
  readonly username?: string;
}

interface RequestOptions {
  readonly channel?: Channel;
  readonly metadata?: JsonObject;
  /** Sees every message that is published for the request the moment it arrives. */
  readonly onPublished?: (message: Message) => void;
}

interface OpenExchange {
  readonly published: Message[];
  readonly onPublished: (message: Message) => void;
  reply: Message | null;
  isIdle: boolean;
  readonly finish: (exchange: Exchange<string>) => void;
}

/** Talks to a kernel over an {@link InMemoryTransport}. */
export class InMemoryClient {
  readonly #options: InMemoryClientOptions;
  readonly #sender: Sender;
  readonly #connection: InMemoryConnection;
  readonly #open = new Map<string, OpenExchange>();

  constructor(transport: InMemoryTransport, options: InMemoryClientOptions = {}) {
    this.#options = options;
    this.#sender = { session: randomUUID(), username: options.username ?? 'client' };
    this.#connection = transport.connect((channel, message) => this.#receive(channel, message));
  }

  /** Session in the headers of this client. */
  get session(): string {
    return this.#sender.session;
  }

  /** Runs code; resolves when reply and idle have both arrived. */
  execute(
    code: string,
    options: Partial<ContentOf<'execute_request'>> = {},
    metadata: JsonObject = {}
  ): Promise<Exchange<'execute_request'>> {
    const content = { allow_stdin: this.#options.onInput !== undefined, ...options, code };
    return this.request('execute_request', content, { metadata });
  }

  /** Sends a request; resolves when reply and idle have both arrived. */
  request<T extends Extract<MessageType, `${string}_request`>>(
    type: T,
    content: ContentOf<T>,
    { channel = 'shell', metadata = {}, onPublished = () => undefined }: RequestOptions = {}
  ): Promise<Exchange<T>> {
    const message = makeMessage(this.#sender, type, content, { metadata });
    return new Promise(resolve => {
      const finish = resolve as (exchange: Exchange<string>) => void;
      this.#open.set(message.header.id, {
        published: [],
        onPublished,
        reply: null,
        isIdle: false,
        finish
      });
      this.#connection.send(channel, message);
    });
  }

  /** Sends a message that gets no reply, such as `comm_msg`. */
  send<T extends MessageType>(
    type: T,
    content: ContentOf<T>,
    { channel = 'shell' }: { channel?: Channel } = {}
  ): void {
    this.#connection.send(channel, makeMessage(this.#sender, type, content));
  }

  #receive(channel: Channel, message: Message): void {
    if (channel === 'stdin') {
      void this.#answer(message as Message<'input_request'>);
      return;
    }
    this.#take(channel, message);
    if (channel === 'iopub') {
      this.#options.onPublished?.(message);
    }
  }

  #take(channel: Channel, message: Message): void {
    const exchange = this.#open.get(message.parent?.id ?? '');
    if (!exchange) {
      return;
    }
    if (channel === 'iopub') {
      exchange.published.push(message);
      exchange.onPublished(message);
      exchange.isIdle ||= message.content['execution_state'] === 'idle';
    } else {
      exchange.reply = message;
    }
    if (exchange.reply && exchange.isIdle) {
      this.#open.delete(message.parent!.id);
      exchange.finish({ reply: exchange.reply as Message<never>, published: exchange.published });
    }
  }

  async #answer({ header, content }: Message<'input_request'>): Promise<void> {
    const value = await this.#options.onInput?.(content.prompt, content.password);
    const reply = makeMessage(this.#sender, 'input_reply', { value: value ?? '' }, { parent: header });
    this.#connection.send('stdin', reply);
  }
}
