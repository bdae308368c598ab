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
  readonly #listeners = new Set<(part: BoardPart) => void>();
  readonly #ending = new AbortController();
  #glance: RunGlance | null = null;
  #part: BoardPart;

  private constructor(path: string) {
    this.#path = path;
    this.#id = `run-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
    this.#part = brokenPart(this.#id, path, 'it has not been read yet');
  }

  /** @param path - The notebook of the run, which is read. */
  static async at(path: string): Promise<RunFollower> {
    const follower = new RunFollower(path);
    follower.#part = await follower.#read();
    return follower;
  }

  get path(): string {
    return this.#path;
  }

  /** As it was read last. */
  get part(): BoardPart {
    return this.#part;
  }

  start(): void {
    void watchRun(this.#path, () => this.#look(), this.#ending.signal);
  }

  stop(): void {
    this.#ending.abort();
  }

  /** Calls `listen` with each further part. Returns the way to stop. */
  subscribe(listen: (part: BoardPart) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  async #look(): Promise<void> {
    const part = await this.#read();
    if (part.html !== this.#part.html) {
      this.#part = part;
      this.#listeners.forEach(listen => listen(part));
    }
  }

  async #read(): Promise<BoardPart> {
    try {
      const glance = await glanceAtRun(this.#path, this.#glance);
      this.#glance = glance;
      // A board without them is better than none: what is wrong with launchbook.yml is told by the kernel and by lint.
      const rehearsals = await runRehearsals(this.#path, Date.now(), glance.files).catch(() => []);
      const earlier = findEarlierRuns(this.#path, glance.files.run);
      const { objections } = glance;
      return partOf(this.#id, runStatus(this.#path, { earlier, rehearsals, objections, glance }));
    } catch (error) {
      return brokenPart(this.#id, this.#path, error instanceof Error ? error.message : String(error));
    }
  }
}
