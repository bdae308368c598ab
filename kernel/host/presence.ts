// Whose pages are open. Pages go away without a word, so one counts as long as it gives signs of life; it gives one every 30 s,
// and a browser lets a hidden page speak once in a minute.
import type { Person } from '../../contract/person.js';

/** Two signs of a hidden page may be missed. */
const PATIENCE_MS = 150_000;

/** Knows the pages that are open. */
export class Presence {
  readonly #personOf: (session: string) => Person;
  readonly #now: () => number;
  readonly #pages = new Map<string, { readonly session: string; readonly heardMs: number }>();

  constructor(personOf: (session: string) => Person, now: () => number = Date.now) {
    this.#personOf = personOf;
    this.#now = now;
  }

  /** A sign of life of a page. */
  seen(client: string, session: string): void {
    this.#pages.set(client, { session, heardMs: this.#now() });
  }

  gone(client: string): void {
    this.#pages.delete(client);
  }

  /** Each person once, in the order in which they came. */
  people(): readonly Person[] {
    const leastMs = this.#now() - PATIENCE_MS;
    const people = new Map<string, Person>();
    for (const { session, heardMs } of this.#pages.values()) {
      const person = this.#personOf(session);
      if (heardMs >= leastMs && !people.has(person.username)) {
        people.set(person.username, person);
      }
    }
    return [...people.values()];
  }
}
