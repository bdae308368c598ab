// Rolls a step back: the plan and the reason in a dialog, then the kernel undoes. The bar above the notebook shows how far it is, and
// keeps in sight what stopped it; a refusal before anything was undone is shown at once.
import { askArmed } from '../armed-dialog.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';
import { ask, showRefusal } from './ask-kernel.js';
import { RollbackView } from './rollback-view.js';

/** @param cell - Id of the step; null or empty means everything. */
export async function rollBack(run: IRunModel, cell: string | null, words: Words): Promise<void> {
  const step = cell || null;
  const plan = (await ask(run, { type: 'plan-rollback', step }, words))?.rollback;
  if (!plan) {
    return;
  }
  let view: RollbackView | null = null;
  const reason = await askArmed({
    title:
      step === null ? words.__('Roll everything back?') : words.__('Roll back to before “%1”?', plan.title),
    accept: words.__('Roll back'),
    isWarning: true,
    body: changed => (view = new RollbackView(plan, words, changed)).node,
    value: () => view?.reason ?? null
  });
  if (reason === null) {
    return;
  }
  const before = run.state.undoing?.at;
  try {
    await run.ask({ type: 'roll-back', step, reason });
  } catch (error) {
    if (run.state.undoing?.at === before) {
      await showRefusal(error, words);
    }
  }
}
