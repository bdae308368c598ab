// Whether this page drives its run.
import type { RunState } from '../../contract/state/state.js';
import type { Session } from '../tokens.js';

/** True for the page that began to drive, and for every other window of the same person: a reloaded page has a new id. */
export function drives({ driver }: RunState, { you, client }: Session): boolean {
  return driver !== null && (driver.client === client || driver.person.username === you?.username);
}

/** True when somebody else drives: this page may look at everything, and the kernel refuses what changes the run. */
export function looksOn(state: RunState, session: Session): boolean {
  return state.run?.mode === 'live' && state.driver !== null && !drives(state, session);
}
