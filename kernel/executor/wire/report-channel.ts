// The bytes on their way up, in memory that both threads of the executor share. Ordinary text is sent at once; in a flood, where a
// system call a line would be most of the cost, it is gathered, and the worker thread sends what is left a few milliseconds later,
// so that the last line before an endless loop arrives as well. A lock keeps frames whole. The worker holds it while it terminates the
// main thread, so that the main thread can never be stopped with the lock in its hands.
import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import { Atomics } from '../intrinsics.js';
import { REPORTS_FD } from './messages.js';
import { writeAll } from './write-all.js';

const LOCK = 0;
const LENGTH = 1;
const WAKING = 2;
const INTERRUPT_SEEN = 3;
const TERMINATED = 4;
const STATE_BYTES = 20;
const CAPACITY = 64 * 1024;
const WINDOW_MS = 2;
const FLOOD_FRAMES = 64;
const LOCK_CHECK_MS = 10;
const { compareExchange, exchange, load, notify, store, wait } = Atomics;

/** What the main thread hands to its worker. */
export interface SharedReports {
  readonly state: Int32Array;
  readonly bytes: Uint8Array;
}

/** Memory for one executor. */
export function shareReports(): SharedReports {
  return {
    state: new Int32Array(new SharedArrayBuffer(STATE_BYTES)),
    bytes: new Uint8Array(new SharedArrayBuffer(CAPACITY))
  };
}

/** One thread's end of the channel. */
export class ReportChannel {
  readonly #state: Int32Array;
  readonly #bytes: Buffer;
  readonly #wakeWorker: () => void;
  #windowStart = 0;
  #framesInWindow = 0;
  #isHolding = false;

  constructor(shared: SharedReports, wakeWorker: () => void) {
    this.#state = shared.state;
    this.#bytes = Buffer.from(shared.bytes.buffer);
    this.#wakeWorker = wakeWorker;
  }

  /** Sends a frame, after everything gathered before it. */
  send(frame: Uint8Array): void {
    this.#lock();
    try {
      this.#sendGathered();
      writeAll(REPORTS_FD, frame);
    } finally {
      this.#unlock();
    }
  }

  /** Sends a frame within a few milliseconds, even when this thread never yields; at once unless there is a flood of them. */
  gather(frame: Uint8Array): void {
    this.#lock();
    try {
      if (load(this.#state, LENGTH) + frame.length > CAPACITY) {
        this.#sendGathered();
      }
      if (frame.length > CAPACITY) {
        writeAll(REPORTS_FD, frame);
        return;
      }
      const length = load(this.#state, LENGTH);
      this.#bytes.set(frame, length);
      store(this.#state, LENGTH, length + frame.length);
      if (!this.#isFlood()) {
        this.#sendGathered();
      } else if (exchange(this.#state, WAKING, 1) === 0) {
        this.#wakeWorker();
      }
    } finally {
      this.#unlock();
    }
  }

  /** Sends what has been gathered; a later frame wakes the worker again. While this end holds the channel there is nothing. */
  flush(): void {
    if (this.#isHolding) {
      return;
    }
    this.#lock();
    try {
      store(this.#state, WAKING, 0);
      this.#sendGathered();
    } finally {
      this.#unlock();
    }
  }

  /** Keeps the other end from writing, after everything gathered has been sent. */
  hold(): void {
    this.#lock();
    this.#isHolding = true;
    this.#sendGathered();
    store(this.#state, WAKING, 0);
  }

  release(): void {
    this.#isHolding = false;
    this.#unlock();
  }

  /** The last interrupt that the main thread has read itself. */
  get interruptSeen(): number {
    return load(this.#state, INTERRUPT_SEEN);
  }

  set interruptSeen(id: number) {
    store(this.#state, INTERRUPT_SEEN, id);
  }

  /** The worker stops the main thread for interrupt `id`. */
  noteTermination(id: number): void {
    store(this.#state, TERMINATED, id);
  }

  /** The main thread was stopped for an interrupt that it has not read yet: nothing of the cell may go on. */
  get isStopped(): boolean {
    return load(this.#state, TERMINATED) > load(this.#state, INTERRUPT_SEEN);
  }

  #lock(): void {
    while (compareExchange(this.#state, LOCK, 0, 1) !== 0) {
      wait(this.#state, LOCK, 1, LOCK_CHECK_MS);
    }
  }

  #unlock(): void {
    store(this.#state, LOCK, 0);
    notify(this.#state, LOCK, 1);
  }

  #isFlood(): boolean {
    const now = performance.now();
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#framesInWindow = 0;
    }
    this.#framesInWindow += 1;
    return this.#framesInWindow > FLOOD_FRAMES;
  }

  #sendGathered(): void {
    const length = load(this.#state, LENGTH);
    if (length > 0) {
      writeAll(REPORTS_FD, this.#bytes.subarray(0, length));
      store(this.#state, LENGTH, 0);
    }
  }
}
