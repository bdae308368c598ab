// Rolls a run back: where to, the plan and the reason in a dialog, then the kernel undoes. The bar above the notebook shows how far it is,
// and keeps in sight what stopped it; a refusal before anything was undone is shown at once.
import { describePerson } from '../../contract/base/person.js';
import type { RollbackTarget } from '../../contract/base/rollback-target.js';
import { askArmed } from '../page/armed-dialog.js';
import { looksOn } from '../run/drives.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { showRefusal } from './ask-kernel.js';
import { rollbackTargets } from './going-back/rollback-targets.js';
import { RollbackDialog } from './going-back/rollback-dialog.js';

/** Whoever watches sees the plan alone. @param wanted - What is chosen when the dialog opens. */
export async function rollBack(run: IRunModel, wanted: RollbackTarget, words: Words): Promise<void> {
  const driver = looksOn(run.state, run.session) ? describePerson(run.state.driver!.person) : null;
  let view: RollbackDialog | null = null;
  const chosen = await askArmed({
    title: words.__('Roll back the run'),
    accept: words.__('Roll back'),
    isWarning: true,
    focus: driver === null ? 'input' : 'select',
    body: changed =>
      (view = new RollbackDialog({
        groups: rollbackTargets(run.state, run.outline, wanted, words),
        wanted,
        driver,
        words,
        planOf: async to => (await run.ask({ type: 'plan-rollback', to })).rollback ?? null,
        changed
      })).node,
    value: () => view?.chosen ?? null
  });
  if (chosen === null) {
    return;
  }
  const before = run.state.undoing?.at;
  try {
    await run.ask({ type: 'roll-back', ...chosen });
  } catch (error) {
    if (run.state.undoing?.at === before) {
      await showRefusal(error, words);
    }
  }
}
