// A secret could not be read.
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown when a secret cannot be read. Codes: `secret.missing` (no such variable), `secret.unreadable` (the file),
 * `secret.command_failed` (the command, with its last lines of stderr), `secret.unusable` (fewer than 4 characters, NUL in it, or a word or a name of the record).
 * The message never holds the value.
 */
export class SecretUnavailableError extends LaunchbookError {
  constructor(
    message: string,
    details: { readonly code: string; readonly hint: string; readonly cause?: unknown }
  ) {
    super(message, details);
  }
}
