// Whose page tells the document that counts.
import type { RunInfo } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import type { People } from '../people/people.js';
import type { OpenPage } from './outline-source.js';

/** In a live run the pages of the driver lead; nobody's before somebody drives. Elsewhere whoever told something last. */
export function isLeading(
  run: RunInfo | null,
  { driver }: RunState,
  { client, session }: OpenPage,
  people: People
): boolean {
  return (
    run?.mode !== 'live' ||
    (driver !== null && (driver.client === client || driver.person.username === people.of(session).username))
  );
}
