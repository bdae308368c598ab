// The command was called wrongly: nothing has been changed, and the message lists every fault at once.
import { LaunchbookError } from '../contract/error.js';

/** Ends the command with exit code 2. */
export class UsageError extends LaunchbookError {
  constructor(message: string, hint?: string) {
    super(message, { code: 'cli.usage', ...(hint === undefined ? {} : { hint }) });
  }
}

/** Throws one error for all `faults`, one line each; nothing when there are none. */
export function refuseFaults(doing: string, faults: readonly string[], hint?: string): void {
  if (faults.length === 1) {
    throw new UsageError(`${doing}: ${faults[0]}`, hint);
  }
  if (faults.length > 1) {
    throw new UsageError(
      `${doing}: ${faults.length} faults\n${faults.map(fault => `  - ${fault}`).join('\n')}`,
      hint
    );
  }
}
