// Reads the parts of one argument, each with a reader that throws at its first fault, and lists the faults of all of them.
import { UsageError } from '../errors/usage-error.js';
import { refuseFaults } from './check-options.js';

/**
 * What `read` makes of each part, in one list.
 *
 * @throws {@link UsageError} with the faults of every part that `read` has refused.
 */
export function readEach<T, R>(helper: string, parts: readonly T[], read: (part: T) => readonly R[]): R[] {
  const { results, faults } = collect(parts, read);
  refuseFaults(helper, faults);
  return results;
}

/** The same for the parts of a part: its faults become lines of the whole. */
export function readInside<T, R>(name: string, parts: readonly T[], read: (part: T) => readonly R[]): R[] {
  const { results, faults } = collect(parts, read);
  if (faults.length > 0) {
    throw new UsageError(faults.map(fault => `'${name}': ${fault}`).join('\n  '));
  }
  return results;
}

function collect<T, R>(
  parts: readonly T[],
  read: (part: T) => readonly R[]
): { results: R[]; faults: string[] } {
  const faults: string[] = [];
  const results = parts.flatMap(part => {
    try {
      return read(part);
    } catch (error) {
      if (!(error instanceof UsageError)) {
        throw error;
      }
      faults.push(error.hint === undefined ? error.message : `${error.message} ${error.hint}`);
      return [];
    }
  });
  return { results, faults };
}
