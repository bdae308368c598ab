// `checkpoint`: a named place to return to.
import { ports } from './context.js';
import { faultsOfValue, refuseFaults } from './usage/check-options.js';
import { required, text } from './usage/rules.js';

/**
 * Marks a place to return to. Resolves when it is recorded.
 *
 * Repeated: on resume the same name marks the same place.
 * @throws {@link UsageError} for an empty name.
 * @example
 * await checkpoint('schema updated')
 */
export async function checkpoint(name: string): Promise<void> {
  refuseFaults('checkpoint', faultsOfValue('The name', name, required(text)));
  await ports().journal.checkpoint(name);
}
