// The cell that the code running now belongs to. It follows awaits, timers and callbacks by AsyncLocalStorage, so that late
// output, calls to the host and child processes always belong to the cell that started them.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { LaunchbookError } from '../../../contract/base/error.js';
import { AbortController, Map, Set } from '../intrinsics.js';
import { CellWorks } from './cell-work.js';

/** The reason of an interrupted cell's abort signal. */
export class InterruptedError extends LaunchbookError {
  constructor() {
    super('The cell was interrupted before it had ended.', {
      code: 'cell.interrupted',
      hint: 'Variables are kept. What the cell had already done stays done; check it before you run the cell again.'
    });
  }
}

/** The reason of the abort signal of a cell that has failed while something of it still ran. */
export class CellFailedError extends LaunchbookError {
  constructor() {
    super('The step failed while this still ran, so it was ended.', {
      code: 'cell.failed',
      hint: 'Find out how far it got before you run the step again.'
    });
  }
}

/** One execution of one cell. */
export class CellScope {
  readonly key: string;
  readonly children = new Set<ChildProcess>();
  /** Timers not fired yet, with what clears them. */
  readonly timers = new Map<object, () => void>();
  /** What it has begun and what has not ended. A part of a cell counts with the cell, unless it outlives it. */
  readonly works: CellWorks;
  /** Errors of promises that nobody awaits and of callbacks, while the cell runs. */
  readonly unheard: unknown[];
  isOver = false;
  isInterrupted = false;
  /** It outlives the cell that began it. */
  readonly isDetached: boolean;
  readonly #abort = new AbortController();
  #interruption: AbortController | null = null;
  readonly #cell: CellScope;

  constructor(key: string, cell?: CellScope, isDetached = false) {
    this.key = key;
    this.isDetached = isDetached;
    this.#cell = cell ?? this;
    this.works = cell?.works ?? new CellWorks();
    this.unheard = cell?.unheard ?? [];
  }

  /** Its cell has ended: what it begins now would come too late. */
  get hasEnded(): boolean {
    return this.#cell.isOver;
  }

  /**
   * A part of the cell that can be ended by itself. It ends with the cell, or, when it `outlivesCell`, only while the cell still runs.
   */
  branch(outlivesCell: boolean): CellScope {
    const branch = new CellScope(this.key, outlivesCell ? undefined : this.#cell, outlivesCell);
    const end = (): void => {
      branch.isInterrupted = this.isInterrupted;
      if (this.isInterrupted) {
        branch.stop(this.signal.reason as Error);
      } else {
        branch.#abort.abort(this.signal.reason);
      }
    };
    if (this.signal.aborted) {
      end();
    }
    this.signal.addEventListener('abort', () => (outlivesCell && this.isOver ? undefined : end()));
    return branch;
  }

  /** Aborted when the cell is interrupted, or has failed. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Aborted when the cell is interrupted alone. */
  get interruptSignal(): AbortSignal {
    if (this.#interruption === null) {
      this.#interruption = new AbortController();
      if (this.isInterrupted) {
        this.#interruption.abort(this.signal.reason);
      }
    }
    return this.#interruption.signal;
  }

  interrupt(): void {
    this.isInterrupted = true;
    this.stop(new InterruptedError());
  }

  /** Ends what still runs, because the cell has failed. */
  fail(): void {
    this.#abort.abort(new CellFailedError());
  }

  /** Ends what still runs, with the reason. */
  stop(reason: Error): void {
    this.endTimers();
    this.#abort.abort(reason);
    this.#interruption?.abort(reason);
    for (const child of this.children) {
      child.kill('SIGINT');
    }
  }

  endTimers(): void {
    for (const clear of this.timers.values()) {
      clear();
    }
    this.timers.clear();
  }
}

/** Takes what is printed. */
export type WriteText = (name: 'stdout' | 'stderr', text: string) => void;

const printers = new AsyncLocalStorage<WriteText>();

/** Calls `work`, whose prints go to `write`. */
export function printingTo<T>(write: WriteText, work: () => T): T {
  return printers.run(write, work);
}

/** Who takes what the caller prints; null: it is shown under its cell. */
export function currentPrinter(): WriteText | null {
  return printers.getStore() ?? null;
}

const storage = new AsyncLocalStorage<CellScope>();

/** The cell the caller belongs to; null in set-up code. */
export function currentCell(): CellScope | null {
  return storage.getStore() ?? null;
}

/** Runs `body` as part of a cell. */
export function asCell<T>(cell: CellScope, body: () => T): T {
  return storage.run(cell, body);
}
