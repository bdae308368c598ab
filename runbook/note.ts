// `note`: a remark in the record of the run.
import { ports } from './context.js';
import { knownSecrets, maskText } from './redact.js';
import { faultsOfValue, refuseFaults } from './usage/check-options.js';
import { required, text } from './usage/rules.js';

/**
 * Puts a timestamped remark of the person who runs the cell into the record.
 *
 * Recorded: on resume it is not written again.
 * @throws {@link UsageError} for an empty text.
 * @example
 * await note('Orders restarted slowly, the cache was cold')
 */
export async function note(remark: string): Promise<void> {
  refuseFaults('note', faultsOfValue('The text', remark, required(text)));
  await ports().journal.note(maskText(remark, knownSecrets()));
}
