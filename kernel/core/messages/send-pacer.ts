// Keeps outputs below the rates at which a Jupyter server begins to drop them: 1,000 messages and 1 MB of stream text a second,
// both counted over three seconds and from zero after each idle. Outputs beyond that wait, in order; none is dropped.
// https://jupyter-server.readthedocs.io/en/latest/other/full-config.html (iopub_msg_rate_limit, iopub_data_rate_limit, rate_limit_window)

/** How much may be sent in any span of `windowMs`. */
export interface PaceLimits {
  readonly messages: number;
  readonly bytes: number;
  readonly windowMs: number;
}

/** A server's defaults (3,000 and 3,000,000 in 3 s) less what a busy server's late reading can make of them. */
export const SERVER_LIMITS: PaceLimits = { messages: 2_600, bytes: 2_600_000, windowMs: 3_600 };

interface Sent {
  readonly atMs: number;
  readonly bytes: number;
}

interface Waiting {
  readonly bytes: number;
  readonly send: () => void;
}

/** Sends at once while the rates allow it, and later otherwise. */
export class SendPacer {
  readonly #limits: PaceLimits;
  #sent: Sent[] = [];
  #sentBytes = 0;
  readonly #waiting: Waiting[] = [];
  #emptied: PromiseWithResolvers<void> | null = null;
  #isHurrying = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(limits: PaceLimits) {
    this.#limits = limits;
  }

  /** Sends, after everything pushed before. `bytes` is what the message counts for; 0 when only its number counts. */
  push(bytes: number, send: () => void): void {
    if (this.#waiting.length === 0 && this.#waitMs(bytes) === 0) {
      this.#send({ bytes, send });
    } else {
      this.#waiting.push({ bytes, send });
      this.#timer ??= setTimeout(() => this.#drain(), this.#waitMs(this.#waiting[0]!.bytes));
    }
  }

  /** Resolves when everything pushed so far is sent; null when nothing waits. */
  whenSent(): Promise<void> | null {
    if (this.#waiting.length === 0) {
      return null;
    }
    this.#emptied ??= Promise.withResolvers();
    return this.#emptied.promise;
  }

  /** The server counts from zero again. */
  reset(): void {
    this.#sent = [];
    this.#sentBytes = 0;
    if (this.#waiting.length > 0) {
      this.#drain();
    }
  }

  /** Sends everything at once from now on, whatever the rates: the kernel ends. */
  hurry(): void {
    this.#isHurrying = true;
    this.#drain();
  }

  #drain(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const waitMs = this.#waitMs(next.bytes);
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#drain(), waitMs);
        return;
      }
      this.#waiting.shift();
      this.#send(next);
    }
    this.#emptied?.resolve();
    this.#emptied = null;
  }

  #send({ bytes, send }: Waiting): void {
    this.#sent.push({ atMs: performance.now(), bytes });
    this.#sentBytes += bytes;
    send();
  }

  /** Milliseconds until a message of this size fits; 0 when it fits now. A message larger than the window goes alone. */
  #waitMs(bytes: number): number {
    const now = performance.now();
    this.#forget(now - this.#limits.windowMs);
    let [count, total] = [this.#sent.length, this.#sentBytes];
    let fitsAtMs = now;
    for (const { atMs, bytes: gone } of this.#sent) {
      if (this.#isHurrying || (count < this.#limits.messages && total + bytes <= this.#limits.bytes)) {
        break;
      }
      count -= 1;
      total -= gone;
      fitsAtMs = atMs + this.#limits.windowMs;
    }
    return Math.ceil(Math.max(0, fitsAtMs - now));
  }

  #forget(beforeMs: number): void {
    const kept = this.#sent.findIndex(({ atMs }) => atMs > beforeMs);
    const gone = this.#sent.splice(0, kept < 0 ? this.#sent.length : kept);
    this.#sentBytes -= gone.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
