// Runs cells strictly one after the other. A cell that fails with `stop_on_error` aborts everything that waits
// after it, and what its client had already sent (abort-window.ts).
import { AbortWindow } from './abort-window.js';
import type { RequestContext } from './request-context.js';

type CellContext = RequestContext<'execute_request'>;

export interface ExecutionQueueParts {
  /** Runs a cell; resolves with whether the queue may go on, undefined when it could not even be run. */
  run(context: CellContext): Promise<'continue' | 'stop' | undefined>;
  /** A cell joins the queue. */
  foresee(context: CellContext): void;
  /** Answers a cell that will not run. */
  abort(context: CellContext): void;
  /** How long after an error cells of the same client are still aborted, in milliseconds. */
  readonly abortWindowMs: number;
}

/** The cells that wait, in order of arrival. */
export class ExecutionQueue {
  readonly #parts: ExecutionQueueParts;
  readonly #waiting: CellContext[] = [];
  readonly #window: AbortWindow;
  #draining: Promise<void> | null = null;
  #isClosed = false;

  constructor(parts: ExecutionQueueParts) {
    this.#parts = parts;
    this.#window = new AbortWindow(parts.abortWindowMs);
  }

  add(context: CellContext): void {
    if (this.#isClosed || this.#window.covers(context)) {
      this.#parts.abort(context);
      return;
    }
    this.#waiting.push(context);
    this.#parts.foresee(context);
    this.#draining ??= this.#drain();
  }

  /** Answers every waiting cell with `aborted`, or those of one client alone. */
  abortWaiting(session?: string): void {
    for (const context of this.#waiting.splice(0)) {
      if (session === undefined || context.request.header.session === session) {
        this.#parts.abort(context);
      } else {
        this.#waiting.push(context);
      }
    }
  }

  /** Aborts everything that waits or still comes. */
  close(): void {
    this.#isClosed = true;
    this.abortWaiting();
  }

  /** Resolves when no cell runs or waits. */
  async whenIdle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const answer = await this.#run(next);
      if (answer === 'stop') {
        this.#window.open(next);
        this.abortWaiting();
      } else if (answer === undefined) {
        // A malformed request ran nothing; only the client that sent it may have built on it.
        this.abortWaiting(next.request.header.session);
      }
    }
    this.#draining = null;
  }

  // One cell that cannot be served must not keep all others from running.
  async #run(context: CellContext): Promise<'continue' | 'stop' | undefined> {
    try {
      return await this.#parts.run(context);
    } catch {
      return 'stop';
    }
  }
}
