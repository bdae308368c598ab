// Follows one run: looks at it again when its files change, and calls back when its part of the board has changed. What has not changed is
// not read again; only the times that run are told anew.
import { createHash } from 'node:crypto';
import { runRehearsals } from '../rehearsal/run-rehearsals.js';
import { findEarlierRuns } from '../facts/earlier-runs.js';
import { glanceAtRun, type RunGlance } from '../status/glance-at-run.js';
import { runStatus } from '../status/run-status.js';
import { watchRun } from '../status/watch-run.js';
import { brokenPart, partOf, type BoardPart } from './parts.js';

export class RunFollower {
  readonly #path: string;
  readonly #id: string;
  readonly #changed: (part: BoardPart) => void;
  #watching: AbortController | null = null;
  #glance: RunGlance | null = null;
  #isOver = false;
  #part: BoardPart;

  /**
   * @param path - The notebook of the run. Nothing is read before `look` or `start`.
   * @param changed - Called with each part that differs from the one before.
   */
  constructor(path: string, changed: (part: BoardPart) => void) {
    this.#path = path;
    this.#changed = changed;
    this.#id = `run-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
    this.#part = brokenPart(this.#id, path, 'it has not been read yet');
  }

  /** As it was read last. */
  get part(): BoardPart {
    return this.#part;
  }

  /** Follows the run until it is stopped. */
  start(): void {
    if (this.#watching === null) {
      this.#watching = new AbortController();
      void watchRun(this.#path, () => this.look(), this.#watching.signal);
    }
  }

  stop(): void {
    this.#watching?.abort();
    this.#watching = null;
  }

  /** Reads what has changed. */
  async look(): Promise<void> {
    const part = await this.#read();
    if (part.html !== this.#part.html) {
      this.#part = part;
      this.#changed(part);
    }
  }

  async #read(): Promise<BoardPart> {
    try {
      const glance = await glanceAtRun(this.#path, this.#glance);
      if (this.#isOver && glance === this.#glance) {
        return this.#part; // no time runs any more
      }
      this.#glance = glance;
      // A board without them is better than none: what is wrong with launchbook.yml is told by the kernel and by lint.
      const rehearsals = await runRehearsals(this.#path, Date.now(), glance.files).catch(() => []);
      const earlier = findEarlierRuns(this.#path, glance.files.run);
      const { objections } = glance;
      const summary = runStatus(this.#path, { earlier, rehearsals, objections, glance });
      this.#isOver = summary.archivedAt !== null;
      return partOf(this.#id, summary);
    } catch (error) {
      return brokenPart(this.#id, this.#path, error instanceof Error ? error.message : String(error));
    }
  }
}
