// Cells that were scheduled together, for kernels without a journal: when the first began, and when the last is over.

interface Scheduled {
  readonly at: number;
}

/** Cells that are over, in one go. */
export interface FinishedBatch {
  readonly cells: number;
  readonly failed: number;
  readonly durationMs: number;
  readonly last: string;
}

export class CellBatch {
  /** `at` in milliseconds. True when the cell is the first in the queue, so that it runs now. */
  scheduled(cell: string, at: number): boolean {
    if (this.waiting.size === 0) {
      this.begin = at;
      this.cells = 0;
      this.failed = 0;
    }
    this.cells += 1;
    this.waiting.set(cell, { at });
    return this.waiting.size === 1;
  }

  /** How long the cell ran, the cell that runs next, and the batch when it was the last. Null for a cell that was not scheduled here. */
  over(
    cell: string,
    hasFailed: boolean,
    at: number
  ): {
    readonly durationMs: number;
    readonly next: string | null;
    readonly batch: FinishedBatch | null;
  } | null {
    const scheduled = this.waiting.get(cell);
    if (!scheduled) {
      return null;
    }
    this.waiting.delete(cell);
    this.failed += hasFailed ? 1 : 0;
    const durationMs = at - Math.max(scheduled.at, this.lastOver);
    this.lastOver = at;
    const [next = null] = this.waiting.keys();
    const { cells, failed } = this;
    const batch = next === null ? { cells, failed, durationMs: at - this.begin, last: cell } : null;
    return { durationMs, next, batch };
  }

  /** Forgets cells that were deleted: they never end. */
  keepOnly(cells: ReadonlySet<string>): void {
    [...this.waiting.keys()].filter(cell => !cells.has(cell)).forEach(cell => this.waiting.delete(cell));
  }

  private readonly waiting = new Map<string, Scheduled>();
  private begin = 0;
  private lastOver = 0;
  private cells = 0;
  private failed = 0;
}
