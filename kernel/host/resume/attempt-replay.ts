// Evaluates an attempt again with every effect answered from the journal, and nothing published.
import type { Cell, ExecuteOutcome } from '../../core/ports.js';
import { makeError } from '../cell-error.js';
import type { RunKeeper } from '../run-keeper.js';
import type { StepRegister } from '../step-register.js';
import type { RecordedAnswers } from './recorded-answers.js';
import { firstSeqOf } from './recovery-gate.js';

/** What a replay works with. */
export interface AttemptReplayParts {
  readonly keeper: RunKeeper;
  readonly register: StepRegister;
  /** Evaluates a cell that no client sees. */
  readonly evaluate: (cell: Cell) => Promise<ExecuteOutcome>;
}

/** An attempt to evaluate again. */
export interface ReplayedAttempt {
  readonly step: string;
  readonly attempt: number;
  /** The attempts that it goes on with, and itself. */
  readonly chain: readonly number[];
  readonly text: string;
  readonly answers: RecordedAnswers;
  /** How many executors had ended when it was begun to bring the variables back: those that are back are in no later one. */
  readonly lossesBefore: number;
}

/** The one who evaluates attempts again. */
export class AttemptReplay {
  readonly #parts: AttemptReplayParts;
  #count = 0;
  #running = 0;

  constructor(parts: AttemptReplayParts) {
    this.#parts = parts;
  }

  /** True while cells are evaluated that have run before: their types need no check, which is most of the time of a small cell. */
  get isReplaying(): boolean {
    return this.#running > 0;
  }

  /** Evaluates it. @throws what stopped the process or the person who interrupted; the cell's own error is in the outcome. */
  async evaluate(replayed: ReplayedAttempt): Promise<ExecuteOutcome> {
    const { step, attempt, chain, text, answers, lossesBefore } = replayed;
    const { keeper, register, evaluate } = this.#parts;
    const cell = unseenCell(text, step, `${++this.#count}`);
    register.add({
      cell,
      step,
      attempt,
      startedMs: Date.now(),
      lossesBefore,
      record: { answers, isReplay: true, sinceSeq: firstSeqOf(keeper.state, step, chain) }
    });
    this.#running += 1;
    try {
      const outcome = await evaluate(cell);
      const code = outcome.error?.record.code;
      if (code === 'cell.interrupted' || code?.startsWith('executor.')) {
        throw makeError(outcome.error!.ename, code, outcome.error!.evalue);
      }
      return outcome;
    } finally {
      this.#running -= 1;
    }
  }
}

/** Begins the keys of cells that no client has sent. */
const REPLAY_KEY = 'replay-';

/** True for a cell that no client has sent: its outputs are shown nowhere. */
export function isUnseen(cellKey: string): boolean {
  return cellKey.startsWith(REPLAY_KEY);
}

/** A cell that no client has sent. `name` tells it apart from the others. */
export function unseenCell(code: string, step: string | null, name: string): Cell {
  return {
    key: `${REPLAY_KEY}${name}`,
    code,
    executionCount: 0,
    isSilent: true,
    storesHistory: false,
    cellId: step,
    queuedAt: new Date().toISOString(),
    session: '',
    username: '',
    allowsStdin: false
  };
}
