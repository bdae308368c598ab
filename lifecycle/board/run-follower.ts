// Follows one run: reads it again when its files change, and calls back when its part of the board has changed.
import { createHash } from 'node:crypto';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { runRehearsals } from '../rehearsal/run-rehearsals.js';
import { findEarlierRuns, type EarlierRun } from '../facts/earlier-runs.js';
import { runObjections } from '../signers/run-objections.js';
import { runStatus } from '../status/run-status.js';
import { watchRun } from '../status/watch-run.js';
import { brokenPart, partOf, type BoardPart } from './parts.js';

export class RunFollower {
  readonly #path: string;
  readonly #id: string;
  readonly #listeners = new Set<(part: BoardPart) => void>();
  readonly #ending = new AbortController();
  readonly #earlier: readonly EarlierRun[];
  #rehearsals: readonly PhaseRehearsal[] = [];
  #objections: readonly string[] = [];
  #part: BoardPart;

  /** @param path - The notebook of the run. */
  constructor(path: string) {
    this.#path = path;
    this.#id = `run-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
    this.#earlier = findEarlierRuns(path);
    this.#part = this.#read();
  }

  /** As it was read last. */
  get part(): BoardPart {
    return this.#part;
  }

  start(): void {
    void watchRun(this.#path, () => this.#lookAgain(), this.#ending.signal);
  }

  stop(): void {
    this.#ending.abort();
  }

  /** Calls `listen` with each further part. Returns the way to stop. */
  subscribe(listen: (part: BoardPart) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  async #lookAgain(): Promise<void> {
    // A board without them is better than none: what is wrong with launchbook.yml is told by the kernel and by lint.
    this.#rehearsals = await runRehearsals(this.#path).catch(() => []);
    this.#objections = await runObjections(this.#path).catch(() => []);
    this.#look();
  }

  #look(): void {
    const part = this.#read();
    if (part.html !== this.#part.html) {
      this.#part = part;
      this.#listeners.forEach(listen => listen(part));
    }
  }

  #read(): BoardPart {
    try {
      return partOf(
        this.#id,
        runStatus(this.#path, {
          earlier: this.#earlier,
          rehearsals: this.#rehearsals,
          objections: this.#objections
        })
      );
    } catch (error) {
      return brokenPart(this.#id, this.#path, error instanceof Error ? error.message : String(error));
    }
  }
}
