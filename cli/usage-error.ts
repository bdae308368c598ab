// The command was called wrongly in a way that its options alone show: nothing has been changed.
import { LaunchbookError } from '../contract/base/error.js';

/** Ends the command with exit code 2. */
export class UsageError extends LaunchbookError {
  constructor(message: string, hint?: string) {
    super(message, { code: 'cli.usage', ...(hint === undefined ? {} : { hint }) });
  }
}
