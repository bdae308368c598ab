// One wording for whoever gives a template, or another notebook, where a run is asked for.
import { refuse } from '../refused-error.js';

/** Refuses a notebook that is no run. @throws RefusedError with `code`, always */
export function refuseNoRun(code: string, doing: string): never {
  return refuse(code, doing, 'it is not a run', 'Give the notebook of a run, which `launchbook new` makes.');
}
