// How many tokens an address may bring: each has ssh-keygen started.

const MINUTE_MS = 60_000;
/** Of one address in a minute. */
export const MOST_POSTS = 10;
/** So many addresses are remembered; more of them in a minute are one crowd. */
const MOST_ADDRESSES = 10_000;

export class PostLimit {
  readonly #now: () => number;
  readonly #posts = new Map<string, number[]>();

  /** @param now - Milliseconds. @default the time since the process started */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Counts a post. Null when it may be taken; else in how many seconds the next one may. */
  waitFor(address: string): number | null {
    const now = this.#now();
    if (this.#posts.size >= MOST_ADDRESSES) {
      this.#forgetBefore(now - MINUTE_MS);
    }
    const key = this.#posts.has(address) || this.#posts.size < MOST_ADDRESSES ? address : '';
    const recent = (this.#posts.get(key) ?? []).filter(at => at > now - MINUTE_MS);
    if (recent.length >= MOST_POSTS) {
      return Math.ceil((recent[0]! + MINUTE_MS - now) / 1000);
    }
    this.#posts.set(key, [...recent, now]);
    return null;
  }

  #forgetBefore(ms: number): void {
    for (const [address, times] of this.#posts) {
      if (times.at(-1)! <= ms) {
        this.#posts.delete(address);
      }
    }
  }
}
