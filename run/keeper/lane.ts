// One thing at a time in the executor. Cells queue up anyway; what people ask for over the comm must not come between.
import { makeError } from '../make-error.js';

/** The executor's one lane. */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();
  #user: string | null = null;

  /** What has the lane now, for reading, or null. */
  get user(): string | null {
    return this.#user;
  }

  /** Runs `act` when everything before it has ended. */
  async queue<T>(user: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    this.#user = user;
    try {
      return await act();
    } finally {
      this.#user = null;
      resolve();
    }
  }

  /** Runs `act` at once. Throws code `run.busy` when something else goes on. */
  take<T>(user: string, act: () => Promise<T>): Promise<T> {
    if (this.#user !== null) {
      throw makeError(
        'BusyError',
        'run.busy',
        `${this.#user} is still running, so nothing else was begun.`,
        'Wait for its end, or interrupt it.'
      );
    }
    return this.queue(user, act);
  }
}
