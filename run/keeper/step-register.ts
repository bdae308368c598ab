// Which step and attempt a running cell is: outputs, effects and holds name it by the cell's key.
import type { ErrorRecord } from '../../contract/base/error.js';
import type { Cell } from '../ports.js';
import type { RecordedAnswers } from '../answers/recorded-answers.js';

/** A cell that was admitted. */
export interface RunningStep {
  readonly cell: Cell;
  readonly step: string;
  readonly attempt: number;
  /** Milliseconds since it was admitted, whatever happens to the clock. */
  readonly elapsedMs: () => number;
  /** How many executors had ended when it was admitted: it runs in no later one. Absent where nothing would be done. */
  readonly lossesBefore?: number;
  /** What the journal answers when the cell is evaluated again; absent when everything of it is new. */
  readonly record?: StepRecord;
  /** What failed of it after it had ended. */
  fault?: ErrorRecord;
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
  /** Of cells that no client has sent. None is forgotten, because late output of one would be shown under another cell. */
  readonly #kinds = new Map<string, Cell['kind']>();
  #count = 0;

  add(running: RunningStep): void {
    const { key, kind } = running.cell;
    this.#byKey.set(key, running);
    if (kind) {
      this.#kinds.set(key, kind);
    }
    if (this.#byKey.size > MAX_REMEMBERED) {
      this.#byKey.delete(this.#byKey.keys().next().value!);
    }
  }

  find(key: string | null): RunningStep | undefined {
    return key === null ? undefined : this.#byKey.get(key);
  }

  /** What kind of cell this is, however long ago it ran; undefined for one that a client has sent. */
  kindOf(key: string): Cell['kind'] {
    return this.#kinds.get(key);
  }

  /** An id for something of an attempt, for example `deploy:1:effect-3`. No other thing of this run has it. */
  newId({ step, attempt }: RunningStep, word: 'effect' | 'rollback'): string {
    return `${step}:${attempt}:${word}-${++this.#count}`;
  }
}

const MAX_REMEMBERED = 1000;
