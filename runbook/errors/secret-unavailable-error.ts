// A secret could not be read.
import { LaunchbookError } from '../../contract/error.js';

/**
 * Thrown when a secret cannot be read. Codes: `secret.missing` (no such variable), `secret.unreadable` (the file),
 * `secret.command_failed` (the command, with its last lines of stderr), `secret.unusable` (fewer than 4 characters, or NUL in it).
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
