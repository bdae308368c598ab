// Back to a checkpoint: the undo steps run in the executor, the newest first; then what came after it is stale. When an undo step
// fails, nothing becomes stale and the rest of the undo steps can be tried again.
import type { Outline } from '../../../contract/outline.js';
import type { Person } from '../../../contract/person.js';
import { planRewind, type RewindPlan } from '../../../contract/rewind-plan.js';
import type { Cell } from '../../core/ports.js';
import { makeError } from '../cell-error.js';
import type { RunKeeper } from '../run-keeper.js';
import type { UndoSteps } from './undo-steps.js';

/** What going back works with. */
export interface RewinderParts {
  readonly keeper: RunKeeper;
  readonly outline: () => Outline;
  readonly undo: UndoSteps;
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

  /** Goes back. Outputs of the undo steps belong to `cell`. @throws code `rewind.unknown`, and what stops the undo steps. */
  async rewind(checkpoint: string, reason: string, by: Person, cell: Cell): Promise<RewindPlan> {
    const { keeper, undo } = this.#parts;
    const plan = await this.plan(checkpoint);
    const why = { by, reason: reason.trim() };
    await undo.run({ checkpoint, step: null, ...why }, plan.rollbacks, cell);
    await keeper.append({
      kind: 'rewound',
      checkpoint,
      ...why,
      steps: plan.steps.map(({ step }) => step),
      approvals: plan.approvals.map(({ id }) => id)
    });
    return plan;
  }
}
