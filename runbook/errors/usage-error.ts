// The author of a cell called a helper wrongly.
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown before anything happens when a helper gets a value or an option that it cannot use. Code `usage.invalid`, or a
 * more particular one, for example `splunk.window_open`. Lists every fault at once.
 * Thrown after the act only when its result cannot be read as the cell asks: `shell.not_json`, `shell.too_much_output`,
 * `http.not_json`, `http.body_not_kept`, `record.not_json`, `poll.not_json`.
 */
export class UsageError extends LaunchbookError {
  constructor(message: string, details: { readonly code?: string; readonly hint?: string } = {}) {
    super(message, {
      code: details.code ?? 'usage.invalid',
      ...(details.hint === undefined ? {} : { hint: details.hint })
    });
  }
}
