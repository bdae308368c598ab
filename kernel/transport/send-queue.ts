// One message at a time: a ZeroMQ socket takes a single pending send, and a second one while it waits is refused. Sending begins in the
// next turn of the event loop, so that a cell is on its way to the executor before its status is written out and signed.
import type { Socket, Writable } from 'zeromq';
import type { Part } from '../protocol/frames.js';

export interface SendQueueOptions {
  /** How often a message is tried again while its receiver is not connected yet; 100 ms apart. @default 0 */
  readonly retries?: number;
  readonly onLog: (line: string) => void;
}

/** Makes the parts of a message when its turn has come; null when it is not to be sent after all. */
export type Write = () => Part[] | null;

const RETRY_AFTER_MS = 100;

/** Keeps the order of messages on one socket. */
export class SendQueue {
  readonly #socket: Socket & Writable<Part[]>;
  readonly #options: SendQueueOptions;
  readonly #waiting: Write[] = [];
  #draining: Promise<void> | null = null;

  constructor(socket: Socket & Writable<Part[]>, options: SendQueueOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  push(write: Write): void {
    this.#waiting.push(write);
    this.#draining ??= this.#drain();
  }

  /** Resolves when everything pushed so far is handed over. */
  async whenEmpty(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await new Promise(setImmediate);
    for (let next = this.#waiting.shift(); next && !this.#socket.closed; next = this.#waiting.shift()) {
      await this.#sendWithRetries(next);
    }
    this.#draining = null;
  }

  async #sendWithRetries(write: Write): Promise<void> {
    for (let left = this.#options.retries ?? 0; ; left -= 1) {
      try {
        const parts = write();
        return parts === null ? undefined : await this.#socket.send(parts);
      } catch (thrown) {
        if (left <= 0 || this.#socket.closed) {
          return this.#options.onLog(`A message could not be sent: ${String(thrown)}`);
        }
        await new Promise(resolve => setTimeout(resolve, RETRY_AFTER_MS));
      }
    }
  }
}
