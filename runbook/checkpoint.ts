// `checkpoint`: a named place to return to.
import { ports } from './context.js';
import { faultsOfValue, refuseFaults } from './usage/check-options.js';
import { required, text } from './usage/rules.js';

/**
 * Marks a place in the run to which a person can go back. Resolves when it is recorded.
 *
 * Repeated: on resume the same name marks the same place, and nothing is written again.
 * @param name - By which people choose the place; not empty.
 * @throws {@link UsageError} for an empty name. Nothing is recorded.
 * @example
 * await checkpoint('schema updated') // undefined; the place can now be chosen by its name
 */
export async function checkpoint(name: string): Promise<void> {
  refuseFaults('checkpoint', faultsOfValue('The name', name, required(text)));
  await ports().journal.checkpoint(name);
}
