// The end of an executor on its way to the journal. No step begins before it is written: until then the state does not say that the
// variables are gone.
import type { RunKeeper } from '../keeper/run-keeper.js';

/** Ends of executors that are not written yet. */
export class ExecutorLosses {
  readonly #keeper: RunKeeper;
  #unwritten: string[] = [];
  #count = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(keeper: RunKeeper) {
    this.#keeper = keeper;
  }

  /** How many have ended so far. A cell that was admitted at another count must not run: the variables it builds on are gone. */
  get count(): number {
    return this.#count;
  }

  /** An executor has ended. Rejects when that cannot be written; it is tried again before the next step. */
  note(reason: string): Promise<void> {
    this.#count += 1;
    this.#unwritten.push(reason);
    return this.settle();
  }

  /** Resolves when every end is written. */
  settle(): Promise<void> {
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#unwritten.length > 0) {
      await this.#keeper.append({ kind: 'executor-replaced', reason: this.#unwritten[0]! });
      this.#unwritten.shift();
    }
  }
}
