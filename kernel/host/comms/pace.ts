// Does something at once when it has not been done lately, else as soon as the time has passed: many wishes, few deeds.

/** Keeps at least `gapMs` between two deeds. */
export class Pace {
  readonly #gapMs: number;
  readonly #act: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;

  constructor(gapMs: number, act: () => void) {
    this.#gapMs = gapMs;
    this.#act = act;
  }

  /** It shall be done, now or when the gap has passed. */
  ask(): void {
    this.#isWanted = true;
    if (this.#timer === undefined) {
      this.now();
    }
  }

  /** It shall be done when the gap has passed. */
  askLater(): void {
    this.#isWanted = true;
    this.#timer ??= this.#afterGap();
  }

  /** Does what waits to be done, or does it all the same. */
  now(): void {
    this.#isWanted = false;
    this.#act();
    clearTimeout(this.#timer);
    this.#timer = this.#afterGap();
  }

  #afterGap(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = undefined;
      if (this.#isWanted) {
        this.now();
      }
    }, this.#gapMs).unref();
  }
}
