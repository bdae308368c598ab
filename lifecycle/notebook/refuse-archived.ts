// One wording for whoever wants to go on with an archived run.
import type { RunState } from '../../contract/state/state.js';
import { ARCHIVED_HINT, archivedText } from '../../record/errors/archived-run-error.js';
import { refuse } from '../refused-error.js';

/** Refuses a run that is archived. @throws RefusedError with code `run.archived` */
export function refuseArchived(doing: string, { archived }: Pick<RunState, 'archived'>): void {
  if (archived) {
    refuse('run.archived', doing, archivedText(archived), ARCHIVED_HINT);
  }
}
