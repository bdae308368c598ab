// Back to before a step, with or without a checkpoint: its undo steps and those of everything behind it run, the newest first; then
// these steps are stale. When an undo step fails, nothing becomes stale and the rest of the undo steps can be tried again.
import type { Outline } from '../../../contract/outline.js';
import type { Person } from '../../../contract/person.js';
import { planRollback, type RollbackPlan } from '../../../contract/rollback-plan.js';
import type { Cell } from '../../core/ports.js';
import { makeError } from '../cell-error.js';
import type { RunKeeper } from '../run-keeper.js';
import { refuseWithoutReason } from './judgements.js';
import type { UndoSteps } from './undo-steps.js';
import { withWhatHasNoUndo } from './without-undo.js';

/** What rolling back works with. */
export interface RollerParts {
  readonly keeper: RunKeeper;
  readonly outline: () => Outline;
  readonly undo: UndoSteps;
}

/** The one who rolls back. */
export class Roller {
  readonly #parts: RollerParts;

  constructor(parts: RollerParts) {
    this.#parts = parts;
  }

  /** What rolling back to before `step` would do; null means everything. @throws code `rollback.unknown`. */
  async plan(step: string | null): Promise<RollbackPlan> {
    const { keeper, outline, undo } = this.#parts;
    await keeper.open();
    const plan = planRollback(keeper.state, outline(), step);
    if (!plan) {
      throw makeError(
        'NoStepError',
        'rollback.unknown',
        `The notebook has no step ${JSON.stringify(step)}, so nothing was rolled back.`,
        'Name a step by its title or its id, or none to roll back everything.'
      );
    }
    const broughtBack = keeper.state.recovery ? [] : undo.missingSteps(plan.rollbacks);
    return withWhatHasNoUndo({ ...plan, broughtBack }, keeper.state, keeper.read());
  }

  /**
   * Rolls back. Outputs of the undo steps belong to `cell`.
   *
   * @throws code `reason.missing`, `rollback.unknown`, and what stops the undo steps.
   */
  async rollBack(step: string | null, reason: string, by: Person, cell: Cell): Promise<RollbackPlan> {
    const { keeper, undo } = this.#parts;
    await keeper.open();
    refuseWithoutReason(reason, 'Rolling back');
    const plan = await this.plan(step);
    const why = { by, reason: reason.trim() };
    await undo.run({ checkpoint: null, step, ...why }, plan.rollbacks, cell);
    await keeper.append({
      kind: 'rolled-back',
      step,
      ...why,
      steps: plan.steps.map(({ step: id }) => id),
      approvals: plan.approvals.map(({ id }) => id)
    });
    return plan;
  }
}
