// The runs whose questions are decided on pages: each is read once for each change of its files, however many pages look at it.
import { decisionSecret, listSecret } from '../../record/decisions/decision-address.js';
import { glanceAtRun, type RunGlance } from '../status/glance-at-run.js';
import type { ShownList } from './list-page-data.js';
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

  /** The question or list with this secret; null when no run has it. */
  holdOf(secret: string): Promise<ShownHold | ShownList | null> {
    return this.#inTurn(async () => {
      const known = this.#paths.get(secret);
      const found = known === undefined ? null : await this.#look(known, secret);
      return found ?? (await this.#search(secret));
    });
  }

  async #search(secret: string): Promise<ShownHold | ShownList | null> {
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
  async #look(path: string, secret: string): Promise<ShownHold | ShownList | null> {
    try {
      const glance = await glanceAtRun(path, this.#glances.get(path) ?? null);
      this.#glances.set(path, glance);
      const { files } = glance;
      const { approvals, checklists, taskLists } = files.state;
      const approval = Object.values(approvals).findLast(each => decisionSecret(each) === secret);
      const list = [...Object.values(checklists), ...Object.values(taskLists)].find(
        each => listSecret(each) === secret
      );
      return files.fault !== null
        ? null
        : approval
          ? { path, files, approval }
          : list
            ? { path, files, list }
            : null;
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
