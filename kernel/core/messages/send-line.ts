// Outputs on their way to clients wait here until they are recorded, in their order: no client gets what is not recorded.

interface Standing {
  readonly ready: Promise<void> | null;
  readonly send: () => void;
}

/** A line in which everybody waits for those before. */
export class SendLine {
  readonly #standing: Standing[] = [];
  #emptied: PromiseWithResolvers<void> | null = null;

  /** Sends as soon as `ready` (null: now), after everything pushed before. `ready` never rejects. */
  push(ready: Promise<void> | null, send: () => void): void {
    if (ready === null && this.#standing.length === 0) {
      send();
      return;
    }
    this.#standing.push({ ready, send });
    if (this.#standing.length === 1) {
      void this.#serve();
    }
  }

  /** Resolves when everything pushed so far is sent; null when nothing waits. */
  whenSent(): Promise<void> | null {
    if (this.#standing.length === 0) {
      return null;
    }
    this.#emptied ??= Promise.withResolvers();
    return this.#emptied.promise;
  }

  async #serve(): Promise<void> {
    for (let next = this.#standing[0]; next; next = this.#standing[0]) {
      await next.ready;
      next.send();
      this.#standing.shift();
    }
    this.#emptied?.resolve();
    this.#emptied = null;
  }
}
