// One timer for each cell that runs, where a notification about long cells is wanted.

export interface StillRunningPort {
  /** Milliseconds after which a running cell is reported, or null when it is not. */
  afterMs(cell: string): number | null;
  tell(cell: string): void;
  setTimeout(handle: () => void, ms: number): number;
  clearTimeout(timer: number): void;
}

export class StillRunning {
  constructor(private readonly port: StillRunningPort) {}

  began(cell: string): void {
    this.ended(cell);
    const afterMs = this.port.afterMs(cell);
    if (afterMs !== null) {
      this.timers.set(
        cell,
        this.port.setTimeout(() => {
          this.timers.delete(cell);
          this.port.tell(cell);
        }, afterMs)
      );
    }
  }

  ended(cell: string): void {
    const timer = this.timers.get(cell);
    if (timer !== undefined) {
      this.timers.delete(cell);
      this.port.clearTimeout(timer);
    }
  }

  endAll(): void {
    [...this.timers.keys()].forEach(cell => this.ended(cell));
  }

  private readonly timers = new Map<string, number>();
}
