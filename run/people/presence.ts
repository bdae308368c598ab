// Whose pages are open. Pages are closed without a message, so a page counts as open while it gives signs of life: one every 30 s, or
// one in a minute when the browser hides it.
import type { Person } from '../../contract/base/person.js';

/** Two signs of a hidden page may be missed. */
const PATIENCE_MS = 150_000;

/** Knows the pages that are open. */
export class Presence {
  readonly #personOf: (session: string) => Person;
  readonly #now: () => number;
  /** True once any front end of ours has connected; it will come back after a reload. */
  hasMetClient = false;
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

  /** No page of this person counts as open until it is heard of again. */
  vanished(username: string): void {
    for (const [client, { session }] of this.#pages) {
      if (this.#personOf(session).username === username) {
        this.#pages.delete(client);
      }
    }
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
