// What cells show, on its way into the journal: written before clients see it, so that whoever comes later misses nothing that
// anybody saw. Outputs that come while one record is being written share the next, and nothing waits for the disk itself.
import type { RecordedOutput } from '../../contract/notebook/output.js';
import type { Cell } from '../ports.js';
import { OutputBudget } from './output-budget.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { RunningStep, StepRegister } from '../keeper/step-register.js';

export interface RecordedOutputsParts {
  readonly keeper: RunKeeper;
  readonly register: StepRegister;
  /** What one attempt may put into the journal, in bytes; asked for each attempt. */
  readonly limitBytes: () => number;
  readonly log: (line: string) => void;
}

/** Room for the notices about text that is left out. */
const NOTICES_BYTES = 64 * 1024;

/** Cells that have ended and may still print. */
const MAX_REMEMBERED = 1000;

interface AttemptOutputs {
  readonly running: RunningStep;
  readonly budget: OutputBudget;
  pending: RecordedOutput[];
  upTo: number;
  /** The record that takes what comes now; null when none is announced. */
  next: Promise<void> | null;
  /** The record that is being written. */
  current: Promise<void>;
}

/** Records the outputs of admitted cells. Outputs of refused and silent cells belong to no attempt. */
export class RecordedOutputs {
  readonly #parts: RecordedOutputsParts;
  readonly #byKey = new Map<string, AttemptOutputs>();

  constructor(parts: RecordedOutputsParts) {
    this.#parts = parts;
  }

  record(cell: Cell, output: RecordedOutput): Promise<void> | null {
    const attempt = this.#attemptOf(cell.key);
    if (!attempt || !attempt.budget.admits(output)) {
      return null;
    }
    return this.#keep(attempt, output);
  }

  /** Records what was held back; of an attempt after the first that has shown nothing, that it has shown nothing. */
  async complete(cell: Cell): Promise<void> {
    const attempt = this.#attemptOf(cell.key);
    if (attempt) {
      attempt.budget.release().forEach(output => void this.#keep(attempt, output));
      await (attempt.next ?? attempt.current);
      if (attempt.upTo === 0 && attempt.running.attempt > 1) {
        await this.#write(attempt);
      }
    }
  }

  #attemptOf(cellKey: string): AttemptOutputs | null {
    const known = this.#byKey.get(cellKey);
    const running = this.#parts.register.find(cellKey) ?? known?.running;
    if (known?.running === running) {
      return known ?? null;
    }
    if (!running) {
      return null;
    }
    // One message may run several undo steps, each of them an attempt of its own.
    known?.budget.release().forEach(output => void this.#keep(known, output));
    const budget = new OutputBudget(this.#parts.limitBytes() + NOTICES_BYTES);
    const attempt = { running, budget, pending: [], upTo: 0, next: null, current: Promise.resolve() };
    this.#byKey.set(cellKey, attempt);
    if (this.#byKey.size > MAX_REMEMBERED) {
      this.#byKey.delete(this.#byKey.keys().next().value!);
    }
    return attempt;
  }

  #keep(attempt: AttemptOutputs, output: RecordedOutput): Promise<void> {
    const last = attempt.pending.at(-1);
    if (output.kind === 'stream' && last?.kind === 'stream' && last.name === output.name) {
      attempt.pending[attempt.pending.length - 1] = { ...last, text: last.text + output.text };
    } else {
      attempt.pending.push(output);
    }
    attempt.next ??= attempt.current.then(() => this.#write(attempt));
    return attempt.next;
  }

  async #write(attempt: AttemptOutputs): Promise<void> {
    attempt.current = attempt.next ?? attempt.current;
    attempt.next = null;
    const outputs = attempt.pending;
    attempt.pending = [];
    attempt.upTo += outputs.length;
    const { step, attempt: number } = attempt.running;
    try {
      await this.#parts.keeper.append(
        { kind: 'output', step, attempt: number, upTo: attempt.upTo, outputs },
        'written'
      );
    } catch (error) {
      // An output is no effect: it is shown all the same. What matters is refused by its own record.
      attempt.upTo -= outputs.length;
      this.#parts.log(`${outputs.length} outputs of ${step} are not in the journal: ${String(error)}`);
    }
  }
}
