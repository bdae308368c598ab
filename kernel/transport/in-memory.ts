// The transport without sockets: kernel and clients in one process. The command runs notebooks over it. Messages are
// delivered one microtask later each, in order, so that neither side runs inside the other's call.
import { randomUUID } from 'node:crypto';
import type { Channel, Transport } from '../core/ports/ports.js';
import type { Message } from '../protocol/messages.js';

type Handler = (channel: Channel, message: Message) => void;

/** What a client of {@link InMemoryTransport} holds. */
export interface InMemoryConnection {
  /** Routing prefix of this client. */
  readonly identity: Uint8Array;
  send(channel: Channel, message: Message): void;
}

/** Carries messages within one process. */
export class InMemoryTransport implements Transport {
  readonly #clients = new Map<string, Handler>();
  #handle: Handler | null = null;
  /** Messages that arrived before the kernel began to serve. */
  #early: [Channel, Message][] = [];

  /** Adds a client: `receive` gets everything on iopub, and what is addressed to it on the other channels. */
  connect(receive: Handler): InMemoryConnection {
    const name = randomUUID();
    const identity = Buffer.from(name);
    this.#clients.set(name, receive);
    return {
      identity,
      send: (channel, message) => this.#deliver(channel, { ...message, identities: [identity] })
    };
  }

  send(channel: Channel, message: Message): void {
    const name = channel === 'iopub' ? null : Buffer.from(message.identities[0] ?? []).toString();
    const receivers = name === null ? [...this.#clients.values()] : [this.#clients.get(name)];
    receivers.forEach(receive => receive && queueMicrotask(() => receive(channel, message)));
  }

  onMessage(handle: Handler): void {
    this.#handle = handle;
    this.#early.splice(0).forEach(([channel, message]) => this.#deliver(channel, message));
  }

  async flush(): Promise<void> {
    await new Promise<void>(resolve => queueMicrotask(resolve));
  }

  async close(): Promise<void> {
    this.#clients.clear();
    this.#handle = () => {};
  }

  #deliver(channel: Channel, message: Message): void {
    const handle = this.#handle;
    if (handle) {
      queueMicrotask(() => handle(channel, message));
    } else {
      this.#early.push([channel, message]);
    }
  }
}
