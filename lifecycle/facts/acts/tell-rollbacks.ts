// The way back: checkpoints, undo steps, and rollbacks with what they left as it was.
import { formatCount } from '../../../contract/base/format.js';
import type { RollbackTarget } from '../../../contract/base/rollback-target.js';
import { rollbackOfStep } from '../../../contract/notebook/outline.js';
import { withoutUndo } from '../../../contract/plans/without-undo.js';
import type { Known, Of, Telling, TellersOf } from './teller.js';
import type { StepTitles } from './step-titles.js';

export const ROLLBACK_TELLERS: TellersOf<
  | 'checkpoint'
  | 'rollback-registered'
  | 'rollback-values'
  | 'rollback-started'
  | 'rollback-ended'
  | 'undoing-started'
  | 'undoing-stopped'
  | 'rolled-back'
  | 'rewound'
> = {
  checkpoint: ({ name, step }, { names }) => ({
    what: `checkpoint “${name}” was reached in ${names.of(step)}`
  }),
  'rollback-registered': null,
  'rollback-values': null,
  'rollback-started': null,
  // The undo steps that a person has run are attempts of their own.
  'rollback-ended': ({ rollback, outcome, error }, { names, before }) => {
    const ranIn = before.rollbacks.find(({ id }) => id === rollback)?.ranIn;
    return ranIn !== undefined && rollbackOfStep(ranIn) === null
      ? {
          what: `undo step ${names.undo(rollback)} was run by ${names.of(ranIn)}: ${outcome}`,
          reason: error?.message ?? ''
        }
      : null;
  },
  'undoing-started': ({ checkpoint, step, rollbacks, by, reason }, { names }) => ({
    by,
    what: `began to roll back ${targetText({ checkpoint, step }, names)}`,
    details: [formatCount(rollbacks.length, 'undo step')],
    reason,
    isDeviation: true
  }),
  'undoing-stopped': ({ error }) => ({
    what: 'the rollback stopped',
    reason: error.message,
    isDeviation: true
  }),
  'rolled-back': (record, known) =>
    rolledBack(record, { ...record, checkpoint: record.checkpoint ?? null }, known),
  rewound: (record, known) => rolledBack(record, { checkpoint: record.checkpoint, step: null }, known)
};

function rolledBack(
  { by, reason, steps, approvals }: Of<'rolled-back' | 'rewound'>,
  to: RollbackTarget,
  { before, names, effects }: Known
): Telling {
  const fallen = approvals.map(id => `“${before.approvals[id]?.name ?? id}”`);
  const left = withoutUndo({ checkpoint: to.checkpoint, steps }, before, before.outline, effects);
  return {
    by,
    what: `rolled back ${targetText(to, names)}`,
    details: [
      ...(steps.length === 0 ? [] : [`stale: ${steps.map(step => names.of(step)).join(', ')}`]),
      ...(fallen.length === 0 ? [] : [`approvals that fell: ${fallen.join(', ')}`]),
      ...left.map(
        step => `without an undo step: ${names.of(step.step)}, which did ${step.effects.join(', ')}`
      )
    ],
    reason,
    steps,
    isDeviation: true
  };
}

function targetText({ checkpoint, step }: RollbackTarget, names: StepTitles): string {
  if (checkpoint !== null) {
    return `to the checkpoint “${checkpoint}”`;
  }
  return step === null ? 'the whole run' : `to before ${names.of(step)}`;
}
