// Publishes busy and idle around every request. Front ends and the server's culler believe the newest status whatever
// request it belongs to, so a side request that ends while a cell runs would make the kernel look idle: busy is said
// once more, without a parent, so that no request's own times change.
import type { Header } from '../../protocol/messages.js';
import type { MessageSender } from './message-sender.js';

/** What the kernel says about being busy. */
export class StatusLine {
  readonly #sender: MessageSender;
  readonly #onIdle: () => void;
  #runningCells = 0;

  constructor(sender: MessageSender, onIdle: () => void = () => {}) {
    this.#sender = sender;
    this.#onIdle = onIdle;
  }

  /** Said once, before anything else. */
  start(): void {
    this.#publish('starting', null);
  }

  begin(request: Header): void {
    this.#runningCells += isCell(request) ? 1 : 0;
    this.#publish('busy', request);
  }

  end(request: Header): void {
    this.#runningCells -= isCell(request) ? 1 : 0;
    this.#publish('idle', request);
    this.#onIdle();
    if (this.#runningCells > 0) {
      this.#publish('busy', null);
    }
  }

  #publish(execution_state: 'starting' | 'busy' | 'idle', parent: Header | null): void {
    this.#sender.publish('status', { execution_state }, parent);
  }
}

function isCell(request: Header): boolean {
  return request.type === 'execute_request';
}
