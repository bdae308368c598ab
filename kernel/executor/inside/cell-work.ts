// What a cell has begun and what has not ended yet: effects, questions to people, calls to the supervisor. A cell ends when all of it has
// ended, awaited or not, so that nothing is green while it may still fail.
import { Array, Set } from '../intrinsics.js';

/** One piece of work of a cell. */
export interface CellWork {
  /** What it is, as people read it; null for what needs no name, such as a call to the supervisor. */
  readonly label: string | null;
  /** It comes to its end although the step has failed. */
  readonly outlastsFailure: boolean;
  hasFailed: boolean;
  error: unknown;
}

/** The work of one execution of one cell. */
export class CellWorks {
  readonly #open = new Set<CellWork>();
  /** Named work that has failed: an error that nobody has heard of is told with its name. */
  readonly #failed: CellWork[] = [];
  #waiting: (() => void)[] = [];

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** The names of what still runs. */
  labels(): string[] {
    return Array.from(this.#open).flatMap(({ label }) => label ?? []);
  }

  /** Something still runs that a failed step waits for as long as it takes. */
  get hasToFinish(): boolean {
    return Array.from(this.#open).some(({ outlastsFailure }) => outlastsFailure);
  }

  begin(label: string | null, outlastsFailure: boolean): CellWork {
    const work: CellWork = { label, outlastsFailure, hasFailed: false, error: undefined };
    this.#open.add(work);
    return work;
  }

  end(work: CellWork): void {
    this.#open.delete(work);
    if (work.hasFailed && work.label !== null) {
      this.#failed.push(work);
    }
    if (this.#open.size === 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      waiting.forEach(resume => resume());
    }
  }

  /** The name of the work that failed with this error, or null. The outermost one, which began first, ends last. */
  labelOf(error: unknown): string | null {
    return this.#failed.findLast(work => work.error === error)?.label ?? null;
  }

  /** Calls back once when nothing runs, which may be at once. */
  whenEmpty(resume: () => void): void {
    if (this.#open.size === 0) {
      resume();
    } else {
      this.#waiting.push(resume);
    }
  }
}
