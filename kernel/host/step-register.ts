// Which step and attempt a running cell is: outputs, effects and holds name it by the cell's key.
import type { Cell } from '../core/ports.js';
import type { RecordedAnswers } from './resume/recorded-answers.js';

/** A cell that was admitted. */
export interface RunningStep {
  readonly cell: Cell;
  readonly step: string;
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  /** How many executors had ended when it was admitted: it runs in no later one. Absent where nothing would be done. */
  readonly lossesBefore?: number;
  /** What the journal answers when the cell is evaluated again; absent when everything of it is new. */
  readonly record?: StepRecord;
}

/** A cell that is evaluated again. */
export interface StepRecord {
  readonly answers: RecordedAnswers;
  /** A finished attempt, whose variables come back and of which nothing is done or written again. */
  readonly isReplay: boolean;
  /** The first record of the earliest attempt: what came after it belongs to the step. */
  readonly sinceSeq: number;
}

/** The admitted cells of this kernel by key. Late effects of an ended cell still find their step. */
export class StepRegister {
  readonly #byKey = new Map<string, RunningStep>();

  add(running: RunningStep): void {
    this.#byKey.set(running.cell.key, running);
    if (this.#byKey.size > MAX_REMEMBERED) {
      this.#byKey.delete(this.#byKey.keys().next().value!);
    }
  }

  find(key: string | null): RunningStep | undefined {
    return key === null ? undefined : this.#byKey.get(key);
  }
}

const MAX_REMEMBERED = 1000;
