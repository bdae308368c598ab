// The runs whose questions are decided on pages: each is read once for each change of its files, however many pages look at it.
import { decisionSecret } from '../../record/decisions/decision-address.js';
import { glanceAtRun, type RunGlance } from '../status/glance-at-run.js';
import type { ShownHold } from './page-data.js';

/** How long a search for new runs holds: whoever guesses secrets does not have the disk searched for each. */
const SEARCH_MS = 2_000;

export class RunGlances {
  readonly #find: () => readonly string[];
  readonly #glances = new Map<string, RunGlance>();
  readonly #paths = new Map<string, string>();
  #turn: Promise<unknown> = Promise.resolve();
  #searchedMs = -SEARCH_MS;

  /** @param find - The notebooks of the runs that there are now. */
  constructor(find: () => readonly string[]) {
    this.#find = find;
  }

  /** The question with this secret; null when no run asks it. */
  holdOf(secret: string): Promise<ShownHold | null> {
    return this.#inTurn(async () => {
      const known = this.#paths.get(secret);
      const found = known === undefined ? null : await this.#look(known, secret);
      return found ?? (await this.#search(secret));
    });
  }

  async #search(secret: string): Promise<ShownHold | null> {
    if (performance.now() - this.#searchedMs < SEARCH_MS) {
      return null;
    }
    for (const path of this.#find()) {
      const found = await this.#look(path, secret);
      if (found) {
        this.#paths.set(secret, path);
        return found;
      }
    }
    this.#searchedMs = performance.now();
    return null;
  }

  /** A run that cannot be read asks nothing here; the board shows what is wrong with it. */
  async #look(path: string, secret: string): Promise<ShownHold | null> {
    try {
      const glance = await glanceAtRun(path, this.#glances.get(path) ?? null);
      this.#glances.set(path, glance);
      const approval = Object.values(glance.files.state.approvals).findLast(
        each => decisionSecret(each) === secret
      );
      return approval && glance.files.fault === null ? { path, files: glance.files, approval } : null;
    } catch {
      return null;
    }
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
