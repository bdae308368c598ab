// The project's launchbook.yml is not usable.
import { LaunchbookError } from '../../contract/base/error.js';

/** One fault of a launchbook.yml. */
export interface ProfileFault {
  /** 1-based, or null when the fault has no place in the file. */
  readonly line: number | null;
  readonly message: string;
}

/**
 * Thrown when launchbook.yml cannot be read, has faults, or does not know the asked environment (code `profile.invalid`), and when another
 * one stands between a run and its template (`profile.misplaced`).
 * Lists every fault at once.
 */
export class ProfileError extends LaunchbookError {
  readonly faults: readonly ProfileFault[];

  constructor(
    file: string,
    unsorted: readonly ProfileFault[],
    code: 'profile.invalid' | 'profile.misplaced' = 'profile.invalid'
  ) {
    const faults = unsorted.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const lines = faults.map(
      fault => `  ${fault.line === null ? '' : `line ${fault.line}: `}${fault.message}`
    );
    super(
      `${file} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`,
      {
        code,
        hint: 'Correct the file (or set the variables it names) and restart the kernel.',
        fields: { faults: faults.map(fault => ({ line: fault.line, message: fault.message })) }
      }
    );
    this.faults = faults;
  }
}
