// The cell that the code running now belongs to. It follows awaits, timers and callbacks by AsyncLocalStorage, so that late
// output, calls to the host and child processes are always put down to the cell that started them.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { LaunchbookError } from '../../contract/error.js';
import { AbortController, Map, Set } from './intrinsics.js';

/** The reason of an interrupted cell's abort signal. */
export class InterruptedError extends LaunchbookError {
  constructor() {
    super('The cell was interrupted before it had ended.', {
      code: 'cell.interrupted',
      hint: 'Variables are kept. What the cell had already done stays done; check it before you run the cell again.'
    });
  }
}

/** One execution of one cell. */
export class CellScope {
  readonly key: string;
  readonly children = new Set<ChildProcess>();
  /** Timers not fired yet, with what clears them. */
  readonly timers = new Map<object, () => void>();
  isOver = false;
  readonly #abort = new AbortController();

  constructor(key: string) {
    this.key = key;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isInterrupted(): boolean {
    return this.#abort.signal.aborted;
  }

  interrupt(): void {
    this.endTimers();
    this.#abort.abort(new InterruptedError());
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

const storage = new AsyncLocalStorage<CellScope>();

/** The cell the caller belongs to; null in set-up code. */
export function currentCell(): CellScope | null {
  return storage.getStore() ?? null;
}

/** Runs `body` as part of a cell. */
export function asCell<T>(cell: CellScope, body: () => T): T {
  return storage.run(cell, body);
}
