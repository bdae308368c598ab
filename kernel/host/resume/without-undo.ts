// What a rollback leaves as it is: steps that did something and registered no undo step. The state keeps no effects that have ended, so
// the journal is read.
import type { EffectStarted, JournalRecord } from '../../../contract/journal.js';
import type { RollbackPlan } from '../../../contract/rollback-plan.js';
import { REPEATABLE } from '../../../contract/resume-plan.js';
import type { RunState } from '../../../contract/state.js';

/** The plan with what cannot be undone. */
export async function withWhatHasNoUndo(
  plan: RollbackPlan,
  { rollbacks }: RunState,
  records: AsyncIterable<JournalRecord>
): Promise<RollbackPlan> {
  const undoable = new Set(rollbacks.map(({ step }) => step));
  const left = plan.steps.filter(({ step }) => !undoable.has(step));
  const effects = new Map(left.map(({ step }) => [step, new Set<string>()]));
  for await (const record of left.length === 0 ? [] : records) {
    if (record.kind === 'effect-started' && !isLook(record)) {
      effects.get(record.step)?.add(record.label);
    } else if (record.kind === 'rolled-back' || record.kind === 'rewound') {
      record.steps.forEach(step => effects.get(step)?.clear());
    }
  }
  const without = left
    .map(({ step, title }) => ({ step, title, effects: [...effects.get(step)!] }))
    .filter(step => step.effects.length > 0);
  return { ...plan, without };
}

/** It changes nothing, so nothing of it has to be undone. A command may only look too, but nobody can see that from outside. */
function isLook({ helper, request }: EffectStarted): boolean {
  const method = (request as { readonly method?: unknown } | null)?.method;
  return REPEATABLE.has(helper) || (helper === 'http' && (method === 'GET' || method === 'HEAD'));
}
