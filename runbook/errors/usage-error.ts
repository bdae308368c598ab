// The author of a cell called a helper wrongly.
import { LaunchbookError } from '../../contract/error.js';

/**
 * Thrown before anything happens when a helper gets a value or an option that it cannot use. Code `usage.invalid`, or a
 * more particular one beginning with `usage.`. Lists every fault at once. Never thrown for what the world answers.
 */
export class UsageError extends LaunchbookError {
  constructor(message: string, details: { readonly code?: string; readonly hint?: string } = {}) {
    super(message, {
      code: details.code ?? 'usage.invalid',
      ...(details.hint === undefined ? {} : { hint: details.hint })
    });
  }
}
