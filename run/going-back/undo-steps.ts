// Runs undo steps, the newest first, each as an attempt of its own: one that was cut off is gone on with, and nothing that it had done
// is done twice. The first that fails stops it; what remains can be undone later.
import { toErrorRecord, type ErrorRecord } from '../../contract/base/error.js';
import type { UndoingStarted } from '../../contract/journal/journal.js';
import { undoStepOf } from '../../contract/notebook/outline.js';
import type { RollbackState } from '../../contract/state/state.js';
import type { Cell, CellOutcome } from '../ports.js';
import { sha256 } from '../../record/hash.js';
import { makeError } from '../make-error.js';
import { endAttempt, isStoppedFromOutside } from '../keeper/attempt-end.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { RunningStep, StepRegister } from '../keeper/step-register.js';
import type { ExecutorLosses } from '../resume/executor-losses.js';
import { continuationOf, refuseInconclusive } from '../resume/recovery-gate.js';
import { openEffectsOf } from '../../contract/plans/rollback-plan.js';
import { stopwatch } from '../../runbook/stopwatch.js';
import type { UndoFunctions } from './undo-functions.js';
import type { UndoOutputs } from './undo-outputs.js';

/** What undoing works with. */
export interface UndoStepsParts {
  readonly keeper: RunKeeper;
  readonly register: StepRegister;
  readonly functions: UndoFunctions;
  readonly losses: ExecutorLosses;
  readonly mask: <T>(value: T) => T;
  readonly evaluate: (cell: Cell) => Promise<CellOutcome>;
  readonly outputs: Pick<UndoOutputs, 'settle'>;
}

/** Who goes back where, and why. */
export type Undoing = Pick<UndoingStarted, 'checkpoint' | 'step' | 'by' | 'reason'>;

/** The one who undoes. */
export class UndoSteps {
  readonly #parts: UndoStepsParts;

  constructor(parts: UndoStepsParts) {
    this.#parts = parts;
  }

  /** Names of the steps that have to be evaluated again before these can run. */
  missingSteps(rollbacks: readonly RollbackState[]): ReturnType<UndoFunctions['missingSteps']> {
    return this.#parts.functions.missingSteps(rollbacks);
  }

  /**
   * Runs them in the given order. Outputs belong to `cell`.
   *
   * @throws code `resume.pending`, `effect.inconclusive`, `rollback.lost`, `resume.diverged` with nothing undone; `rollback.failed`,
   * `cell.interrupted` or `executor.died` with the rest of them not undone.
   */
  async run(undoing: Undoing, rollbacks: readonly RollbackState[], cell: Cell): Promise<void> {
    const { keeper, functions, losses } = this.#parts;
    if (rollbacks.length === 0) {
      return;
    }
    const lossesBefore = losses.count;
    await losses.settle();
    this.#refusePending(rollbacks.length);
    refuseInconclusive(rollbacks.flatMap(({ id }) => openEffectsOf(keeper.state, undoStepOf(id))));
    await functions.bringBack(rollbacks, lossesBefore);
    await keeper.append({ kind: 'undoing-started', ...undoing, rollbacks: rollbacks.map(({ id }) => id) });
    const names = rollbacks.map(({ name }) => name);
    try {
      for (const [index, rollback] of rollbacks.entries()) {
        await this.#undo(rollback, undoing, { cell, lossesBefore }, error =>
          stopped(error, names.slice(0, index), names.slice(index))
        );
      }
    } catch (error) {
      await keeper.append({ kind: 'undoing-stopped', error: toErrorRecord(error) });
      throw error;
    }
  }

  #refusePending(count: number): void {
    if (this.#parts.keeper.state.recovery) {
      throw makeError(
        'ResumePendingError',
        'resume.pending',
        `Rolling back runs ${count} undo steps, whose functions were lost with the process. Nothing has been undone.`,
        'Resume first.'
      );
    }
  }

  async #undo(
    { id, name }: RollbackState,
    { by }: Undoing,
    { cell, lossesBefore }: Pick<RunningStep, 'cell'> & { readonly lossesBefore: number },
    stoppedBy: (error: ErrorRecord) => Error
  ): Promise<void> {
    const { keeper, register, evaluate, mask, outputs } = this.#parts;
    const step = undoStepOf(id);
    const attempt = (keeper.state.steps[step]?.attempts.at(-1)?.attempt ?? 0) + 1;
    const continuation = await continuationOf(keeper, step, mask);
    const code = `await rollback.run({ steps: ${JSON.stringify([name])} })`;
    const { executionCount, queuedAt } = cell;
    await keeper.append({
      kind: 'attempt-started',
      step,
      attempt,
      executionCount,
      queuedAt,
      by,
      source: code,
      sourceHash: sha256(code),
      ...(continuation ? { continues: continuation.attempt } : {})
    });
    const record = continuation ? { record: continuation.record } : {};
    const running = { cell, step, attempt, elapsedMs: stopwatch(), lossesBefore, ...record };
    register.add(running);
    const { status, error } = await evaluate({ ...cell, code });
    await outputs.settle(cell);
    const died = error !== undefined && isStoppedFromOutside(error.record.code);
    await endAttempt(keeper, running, {
      outcome: status === 'ok' ? 'passed' : died ? 'inconclusive' : 'failed',
      durationMs: running.elapsedMs(),
      error: error?.record
    });
    if (error) {
      throw stoppedBy(error.record);
    }
  }
}

/** What stopped it, what is undone, and what is left: `left` begins with the undo step that did not pass. */
function stopped(
  { name, code, message, fields }: ErrorRecord,
  done: readonly string[],
  left: readonly string[]
): Error {
  const reason = typeof fields?.['reason'] === 'string' ? fields['reason'] : message;
  const list = (names: readonly string[]): string => names.map(each => `“${each}”`).join(', ');
  const error = makeError(
    name,
    code,
    `The rollback stopped at “${left[0]}”: ${reason}\nUndone: ${list(done) || 'nothing'}\nNot undone: ${list(left)}`,
    'Fix the cause and roll back again: what is undone is not undone twice.'
  );
  return Object.assign(error, { fields: { step: left[0], reason, done: [...done], remaining: [...left] } });
}
