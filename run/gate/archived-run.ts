// An archived run is read and not run: its record ended with its archive.
import { ArchivedRunError } from '../../record/errors/archived-run-error.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { GateCheck } from './check.js';

/** Refuses every step of an archived run. */
export function refuseArchivedRun({ keeper }: { readonly keeper: RunKeeper }): GateCheck {
  return () => {
    const { archived } = keeper.state;
    return archived ? new ArchivedRunError(archived) : null;
  };
}
