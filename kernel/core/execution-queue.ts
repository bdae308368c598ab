// Runs cells strictly one after the other. A cell that fails with `stop_on_error` takes down everything that waits
// behind it, and what its client had already sent (abort-window.ts).
import { AbortWindow } from './abort-window.js';
import type { RequestContext } from './request-context.js';

type CellContext = RequestContext<'execute_request'>;

export interface ExecutionQueueParts {
  /** Runs a cell; resolves with whether the queue may go on, undefined when it could not even be run. Never rejects. */
  run(context: CellContext): Promise<'continue' | 'stop' | undefined>;
  /** Answers a cell that will not run. */
  abort(context: CellContext): void;
  /** How long after an error cells of the same client are still aborted, in milliseconds. */
  readonly abortWindowMs: number;
}

/** The cells that wait, in order of arrival. */
export class ExecutionQueue {
  private readonly waiting: CellContext[] = [];
  private readonly window: AbortWindow;
  private draining: Promise<void> | null = null;
  private isClosed = false;

  constructor(private readonly parts: ExecutionQueueParts) {
    this.window = new AbortWindow(parts.abortWindowMs);
  }

  add(context: CellContext): void {
    if (this.isClosed || this.window.covers(context)) {
      this.parts.abort(context);
      return;
    }
    this.waiting.push(context);
    this.draining ??= this.drain();
  }

  /** Answers every waiting cell with `aborted`. */
  abortWaiting(): void {
    for (const context of this.waiting.splice(0)) {
      this.parts.abort(context);
    }
  }

  /** Aborts everything that waits or still comes. */
  close(): void {
    this.isClosed = true;
    this.abortWaiting();
  }

  /** Resolves when no cell runs or waits. */
  async whenIdle(): Promise<void> {
    await this.draining;
  }

  private async drain(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      if ((await this.parts.run(next)) !== 'continue') {
        this.window.open(next);
        this.abortWaiting();
      }
    }
    this.draining = null;
  }
}
