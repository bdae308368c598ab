// `note`: a remark in the record of the run.
import { ports } from './context.js';
import { knownSecrets, maskText } from './redact.js';
import { faultsOfValue, refuseFaults } from './usage/check-options.js';
import { required, text } from './usage/rules.js';

/**
 * Puts a remark into the record of the run, with its time and the person who runs the cell.
 *
 * Recorded: on resume it is not written again.
 * @param remark - Any text that is not empty. Secrets in it are masked.
 * @throws {@link UsageError} for an empty text. Nothing is recorded.
 * @example
 * await note('Orders restarted slowly, the cache was cold') // prints “Noted: Orders restarted …”; journal and report have it
 */
export async function note(remark: string): Promise<void> {
  refuseFaults('note', faultsOfValue('The text', remark, required(text)));
  const masked = maskText(remark, knownSecrets());
  await ports().journal.note(masked);
  ports().display.write('stdout', `Noted: ${masked}\n`);
}
