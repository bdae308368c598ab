// The runs of a board. They are followed while somebody looks, and nothing is read while nobody does; runs that come and go meanwhile are
// found and left out.
import { partOrder, type BoardPart } from './parts.js';
import { RunFollower } from './run-follower.js';

/** Who looks at a board. */
export interface Looker {
  tell(part: BoardPart): void;
  /** A run is no longer there. */
  gone(id: string): void;
}

/** How often runs are looked for. */
const FIND_MS = 10_000;

export class FollowedRuns {
  readonly #find: () => readonly string[];
  readonly #followers = new Map<string, RunFollower>();
  readonly #lookers = new Set<Looker>();
  #finding: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> = Promise.resolve();

  /** @param find - The notebooks of the runs that there are now. */
  constructor(find: () => readonly string[]) {
    this.#find = find;
  }

  /** As they are now, those first that need somebody. */
  async parts(): Promise<readonly BoardPart[]> {
    await this.#refresh();
    return [...this.#followers.values()].map(({ part }) => part).sort(partOrder);
  }

  /** Tells what there is, then each change. Returns the way to stop. */
  look(looker: Looker): () => void {
    let isGone = false;
    void this.parts().then(parts => {
      if (!isGone) {
        parts.forEach(part => looker.tell(part));
        this.#lookers.add(looker);
        this.#follow();
      }
    });
    return () => {
      isGone = true;
      this.#lookers.delete(looker);
      if (this.#lookers.size === 0) {
        this.stop();
      }
    };
  }

  /** Nothing is followed any more. */
  stop(): void {
    clearInterval(this.#finding);
    this.#finding = undefined;
    this.#followers.forEach(follower => follower.stop());
  }

  #follow(): void {
    this.#finding ??= setInterval(() => void this.#refresh(), FIND_MS);
    this.#followers.forEach(follower => follower.start());
  }

  /** One after the other, so that no run is followed twice. */
  #refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.then(() => this.#refreshNow()).catch(() => undefined);
    return this.#refreshing;
  }

  async #refreshNow(): Promise<void> {
    const found = new Set(this.#find());
    for (const [path, follower] of this.#followers) {
      if (!found.has(path)) {
        follower.stop();
        this.#followers.delete(path);
        this.#lookers.forEach(looker => looker.gone(follower.part.id));
      }
    }
    for (const path of found) {
      const known = this.#followers.get(path);
      const follower =
        known ?? new RunFollower(path, part => this.#lookers.forEach(looker => looker.tell(part)));
      this.#followers.set(path, follower);
      await follower.look();
      if (this.#finding !== undefined) {
        follower.start();
      }
    }
  }
}
