// Somebody wants to go on with a run that is archived.
import { LaunchbookError } from '../../contract/base/error.js';
import { formatUtc } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import type { ArchivedState } from '../../contract/state/state.js';

/** What to do instead. */
export const ARCHIVED_HINT =
  'Make a new run of its runbook (launchbook new). To go on with this one all the same, reopen it with a reason: %reopen REASON, or launchbook resume RUN --reopen REASON; what is archived then is another archive.';

/** Thrown, code `run.archived`, for everything that would add to the record of an archived run. Nothing was done. */
export class ArchivedRunError extends LaunchbookError {
  constructor(archived: ArchivedState) {
    super(`${archivedText(archived)}. Nothing was done.`, { code: 'run.archived', hint: ARCHIVED_HINT });
  }
}

/** Since when and by whom, as a sentence without its full stop. */
export function archivedText({ by, at }: ArchivedState): string {
  const whom = by === null ? '' : ` by ${describePerson(by)}`;
  return `This run was archived at ${formatUtc(at)}${whom}, and an archived run is read-only`;
}
