// Evaluates an attempt again with every effect answered from the journal, and nothing published.
import { stopwatch } from '../../runbook/stopwatch.js';
import type { Cell, CellOutcome } from '../ports.js';
import { makeError } from '../make-error.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { StepRegister } from '../keeper/step-register.js';
import type { RecordedAnswers } from '../answers/recorded-answers.js';
import { firstSeqOf } from './recovery-gate.js';
import { unsentCell } from '../keeper/unsent-cell.js';

/** What a replay works with. */
export interface AttemptReplayParts {
  readonly keeper: RunKeeper;
  readonly register: StepRegister;
  /** Evaluates a cell that no client sees. */
  readonly evaluate: (cell: Cell) => Promise<CellOutcome>;
}

/** An attempt to evaluate again. */
export interface ReplayedAttempt {
  readonly step: string;
  readonly attempt: number;
  /** The attempts that it continues, and itself. */
  readonly chain: readonly number[];
  readonly text: string;
  readonly answers: RecordedAnswers;
  /** How many executors had ended when it was begun to bring the variables back: those that are back are in no later one. */
  readonly lossesBefore: number;
}

/** The one who evaluates attempts again. */
export class AttemptReplay {
  readonly #parts: AttemptReplayParts;

  constructor(parts: AttemptReplayParts) {
    this.#parts = parts;
  }

  /** Evaluates it. @throws what stopped the process or the person who interrupted; the cell's own error is in the outcome. */
  async evaluate(replayed: ReplayedAttempt): Promise<CellOutcome> {
    const { step, attempt, chain, text, answers, lossesBefore } = replayed;
    const { keeper, register, evaluate } = this.#parts;
    const cell = unsentCell('replay', text, step);
    register.add({
      cell,
      step,
      attempt,
      elapsedMs: stopwatch(),
      lossesBefore,
      record: { answers, isReplay: true, sinceSeq: firstSeqOf(keeper.state, step, chain) }
    });
    const outcome = await evaluate(cell);
    const code = outcome.error?.record.code;
    if (code === 'cell.interrupted' || code?.startsWith('executor.')) {
      throw makeError(outcome.error!.ename, code, outcome.error!.evalue);
    }
    return outcome;
  }
}
