// Parameters, and which launchbook.yml counts, are looked at before the first step, not where a step happens to use them.
import { fromErrorRecord } from '../../contract/base/error.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { KnownRun } from '../profile/known-run.js';
import type { GateCheck } from './check.js';

/** Refuses each step of a run whose parameters are not as declared, or beside whose template another launchbook.yml has come. */
export function refuseFaultyParameters({
  known,
  notebook
}: {
  readonly known: Pick<KnownRun, 'profile'>;
  readonly notebook: NotebookFile | null;
}): GateCheck {
  return () => {
    const { fault, parametersFault } = known.profile;
    const found = fault?.code === 'profile.misplaced' ? fault : parametersFault;
    return found && notebook?.read().run ? fromErrorRecord(found) : null;
  };
}
