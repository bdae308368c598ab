// Going back, to before a step, to a checkpoint, or to before the first step: the undo steps of what lies between run, the newest first;
// then its steps are stale. When an undo step fails, nothing becomes stale and the rest of them can be tried again.
import type { Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import type { RollbackTarget } from '../../contract/base/rollback-target.js';
import { planRollback, type RollbackPlan } from '../../contract/plans/rollback-plan.js';
import { withWhatHasNoUndo } from '../../contract/plans/without-undo.js';
import type { RunState } from '../../contract/state/state.js';
import type { Cell } from '../ports.js';
import { makeError } from '../make-error.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { refuseWithoutReason } from '../refuse-without-reason.js';
import type { UndoSteps } from './undo-steps.js';

/** What rolling back works with. */
export interface RollbackParts {
  readonly keeper: RunKeeper;
  readonly outline: () => Outline;
  readonly undo: UndoSteps;
}

/** Plans a rollback and carries it out. */
export class Rollback {
  readonly #parts: RollbackParts;

  constructor(parts: RollbackParts) {
    this.#parts = parts;
  }

  /** What going back to `to` would do. Changes nothing. @throws code `rollback.unknown`. */
  async plan(to: RollbackTarget): Promise<RollbackPlan> {
    const { keeper, outline, undo } = this.#parts;
    await keeper.open();
    const plan = planRollback(keeper.state, outline(), to);
    if (!plan) {
      throw unknownTarget(to, keeper.state);
    }
    const broughtBack = keeper.state.recovery ? [] : undo.missingSteps(plan.rollbacks);
    return withWhatHasNoUndo({ ...plan, broughtBack }, keeper.state, outline(), keeper.read());
  }

  /**
   * Goes back. Outputs of the undo steps belong to `cell`.
   *
   * @throws code `reason.missing`, `rollback.unknown`, and what stops the undo steps.
   */
  async carryOut(to: RollbackTarget, reason: string, by: Person, cell: Cell): Promise<RollbackPlan> {
    const { keeper, undo } = this.#parts;
    await keeper.open();
    refuseWithoutReason(reason, 'Rolling back');
    const plan = await this.plan(to);
    const why = { checkpoint: to.checkpoint, step: to.step, by, reason: reason.trim() };
    await undo.run(why, plan.rollbacks, cell);
    await keeper.append({
      kind: 'rolled-back',
      ...why,
      steps: plan.steps.map(({ step }) => step),
      approvals: plan.approvals.map(({ id }) => id)
    });
    return plan;
  }
}

function unknownTarget({ checkpoint, step }: RollbackTarget, { checkpoints }: RunState): Error {
  return checkpoint === null
    ? makeError(
        'NoStepError',
        'rollback.unknown',
        `The notebook has no step ${JSON.stringify(step)}, so nothing was rolled back.`,
        'Name a step by its title or its id, or none to roll back everything.'
      )
    : makeError(
        'NoCheckpointError',
        'rollback.unknown',
        `This run has reached no checkpoint “${checkpoint}”, so nothing was rolled back.`,
        `Reached: ${[...new Set(checkpoints.map(({ name }) => name))].join(', ') || 'none'}.`
      );
}
