// Puts three output channels back into one order. Each channel is a lane of items cut by numbered barriers; an item passes at
// once unless a barrier stands before it, and a barrier opens when all lanes it marks have reached it. The frame lane leads: a
// marker without its frame (the executor was terminated in between) is dropped when a later barrier comes. A pause stands in the frame
// lane alone: what follows it there waits until somebody says that it is over, and the raw lanes go on.

interface Barrier {
  readonly number: number;
  /** Lanes that carry the marker too; empty in a raw lane. */
  readonly marked: readonly number[];
}

interface Pause {
  isOver: boolean;
}

type Item<T> =
  | { readonly barrier: Barrier }
  | { readonly barrier: null; readonly value: T }
  | { readonly barrier: null; readonly pause: Pause };

/** Lane 0 carries frames, lanes 1 and 2 raw bytes. */
export class OutputGate<T> {
  readonly #publish: (value: T) => void;
  readonly #lanes: [Item<T>[], Item<T>[], Item<T>[]] = [[], [], []];
  readonly #closed = new Set<number>();

  constructor(publish: (value: T) => void) {
    this.#publish = publish;
  }

  add(lane: 0 | 1 | 2, value: T): void {
    if (this.#lanes[lane].length === 0) {
      this.#publish(value);
    } else {
      this.#lanes[lane].push({ barrier: null, value });
    }
  }

  addBarrier(lane: 0 | 1 | 2, number: number, marked: readonly number[] = []): void {
    this.#lanes[lane].push({ barrier: { number, marked } });
    this.#run();
  }

  /** What comes after it in the frame lane waits until the function that it returns is called. */
  addPause(): () => void {
    const pause: Pause = { isOver: false };
    this.#lanes[0].push({ barrier: null, pause });
    return () => {
      pause.isOver = true;
      this.#run();
    };
  }

  /** No more will come on this lane: barriers do not wait for it. */
  close(lane: 0 | 1 | 2): void {
    this.#closed.add(lane);
    this.#run();
  }

  /** Publishes everything that is left, frames first. */
  flush(): void {
    for (const lane of this.#lanes) {
      for (const item of lane.splice(0)) {
        this.#pass(item);
      }
    }
  }

  #run(): void {
    for (let lead = this.#lanes[0][0]; lead !== undefined; lead = this.#lanes[0][0]) {
      if (lead.barrier !== null) {
        const { number, marked } = lead.barrier;
        if (!marked.every(lane => this.#hasReached(lane, number))) {
          return;
        }
        marked.forEach(lane => this.#open(lane, number));
      }
      if ('pause' in lead && !lead.pause.isOver) {
        return;
      }
      this.#lanes[0].shift();
      this.#pass(lead);
    }
  }

  #pass(item: Item<T>): void {
    if ('value' in item) {
      this.#publish(item.value);
    }
  }

  #hasReached(lane: number, number: number): boolean {
    this.#open(lane, number - 1);
    return this.#closed.has(lane) || this.#lanes[lane]?.[0]?.barrier?.number === number;
  }

  // Lets the lane run up to the barrier after `number`.
  #open(lane: number, number: number): void {
    const items = this.#lanes[lane] ?? [];
    for (let item = items[0]; item !== undefined; item = items[0]) {
      if (item.barrier !== null && item.barrier.number > number) {
        return;
      }
      items.shift();
      this.#pass(item);
    }
  }
}
