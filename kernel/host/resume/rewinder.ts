// Back to a checkpoint: the undo steps run in the executor as an attempt of their own, the newest first; then what came after the
// checkpoint is stale. When an undo step fails, nothing becomes stale and the rest of the undo steps can be tried again.
import type { Outline } from '../../../contract/outline.js';
import type { Person } from '../../../contract/person.js';
import { planRewind, type RewindPlan } from '../../../contract/rewind-plan.js';
import type { Cell, ExecuteOutcome } from '../../core/ports.js';
import { sha256 } from '../../../runbook/hash.js';
import { makeError } from '../cell-error.js';
import type { RunKeeper } from '../run-keeper.js';
import type { StepRegister } from '../step-register.js';

/** What going back works with. */
export interface RewinderParts {
  readonly keeper: RunKeeper;
  readonly register: StepRegister;
  readonly outline: () => Outline;
  readonly evaluate: (cell: Cell) => Promise<ExecuteOutcome>;
}

/** The one who goes back. */
export class Rewinder {
  readonly #parts: RewinderParts;

  constructor(parts: RewinderParts) {
    this.#parts = parts;
  }

  /** What going back would do. @throws code `rewind.unknown`. */
  async plan(checkpoint: string): Promise<RewindPlan> {
    const { keeper, outline } = this.#parts;
    await keeper.open();
    const plan = planRewind(keeper.state, outline(), checkpoint);
    if (!plan) {
      const known = keeper.state.checkpoints.map(({ name }) => name).join(', ');
      throw makeError(
        'NoCheckpointError',
        'rewind.unknown',
        `This run has reached no checkpoint “${checkpoint}”.`,
        `Reached: ${known || 'none'}.`
      );
    }
    return plan;
  }

  /** Goes back. Outputs of the undo steps belong to `cell`. @throws code `resume.pending`, `rewind.unknown`, or the undo step's error. */
  async rewind(checkpoint: string, reason: string, by: Person, cell: Cell): Promise<RewindPlan> {
    const { keeper } = this.#parts;
    const plan = await this.plan(checkpoint);
    if (plan.rollbacks.length > 0 && keeper.state.recovery) {
      throw makeError(
        'ResumePendingError',
        'resume.pending',
        `Going back to “${checkpoint}” runs ${plan.rollbacks.length} undo steps, whose functions were lost with the process. Nothing has been undone.`,
        'Resume first.'
      );
    }
    if (plan.rollbacks.length > 0) {
      await this.#undo(plan, by, cell);
    }
    await keeper.append({
      kind: 'rewound',
      checkpoint,
      by,
      reason: reason.trim(),
      steps: plan.steps.map(({ step }) => step),
      approvals: plan.approvals.map(({ id }) => id)
    });
    return plan;
  }

  /** Effects of undo steps need an attempt that they belong to: one of a step that is no cell. */
  async #undo({ checkpoint, rollbacks }: RewindPlan, by: Person, cell: Cell): Promise<void> {
    const { keeper, register, evaluate } = this.#parts;
    const step = `rewind: ${checkpoint.name}`;
    const attempt = (keeper.state.steps[step]?.attempts.at(-1)?.attempt ?? 0) + 1;
    const code = `await rollback.run({ steps: ${JSON.stringify(rollbacks.map(({ name }) => name))} })`;
    const { executionCount, queuedAt } = cell;
    const started = await keeper.append({
      kind: 'attempt-started',
      step,
      attempt,
      executionCount,
      queuedAt,
      by,
      source: code,
      sourceHash: sha256(code)
    });
    const startedMs = Date.parse(started.at);
    register.add({ cell, step, attempt, startedMs });
    const { status, error } = await evaluate({ ...cell, code });
    const died = error?.record.code === 'cell.interrupted' || error?.record.code === 'executor.died';
    await keeper.append({
      kind: 'attempt-ended',
      step,
      attempt,
      outcome: status === 'ok' ? 'passed' : died ? 'inconclusive' : 'failed',
      durationMs: Date.now() - startedMs,
      ...(error ? { error: error.record } : {})
    });
    if (error) {
      const { record } = error;
      throw makeError(record.name, record.code, record.message, record.hint);
    }
  }
}
