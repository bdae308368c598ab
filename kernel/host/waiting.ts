// One wait of a cell for people: it ends once, by a decision, by the clock, or because the cell was stopped.

/** A promise with its two ends outside. */
export class Waiting<T> {
  readonly promise: Promise<T>;
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
  }

  resolve(value: T): void {
    clearTimeout(this.#timer);
    this.#resolve(value);
  }

  reject(reason: unknown): void {
    clearTimeout(this.#timer);
    this.#reject(reason);
  }

  /** Calls `act` after `ms` milliseconds unless the wait ended before. Longer than a timer can hold (24.8 days) is waited in parts. */
  expireAfter(ms: number, act: () => void): void {
    const part = Math.min(ms, MAX_TIMER_MS);
    this.#timer = setTimeout(() => (ms > part ? this.expireAfter(ms - part, act) : act()), part);
  }
}

const MAX_TIMER_MS = 2_000_000_000;
