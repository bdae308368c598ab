// Errors of the kernel itself as Jupyter shows them.
import { LaunchbookError, toErrorRecord } from '../../contract/error.js';
import type { CellError } from '../core/ports.js';

/** A thrown value as the protocol's error: our own errors with code and hint, and without a stack that helps nobody. */
export function cellErrorOf(thrown: unknown): CellError {
  const record = toErrorRecord(thrown);
  const hint = record.hint === undefined ? [] : [`Hint: ${record.hint}`];
  return {
    ename: record.name,
    evalue: record.message,
    traceback: [`${record.name}: ${record.message}`, ...hint],
    record
  };
}

/** Shorthand for an error of the kernel with a name of its own. */
export function makeError(name: string, code: string, message: string, hint?: string): LaunchbookError {
  const error = new LaunchbookError(message, { code, ...(hint === undefined ? {} : { hint }) });
  error.name = name;
  return error;
}
