// An error as a notebook shows it below a cell, with our record of it.
import { isLaunchbookError, moreAbout, toErrorRecord, type ErrorRecord } from './error.js';

/** What stands below a cell that failed. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
  readonly record: ErrorRecord;
}

/** A thrown value as a cell's error: our own errors with code and hint, and without a stack that helps nobody. */
export function cellErrorOf(thrown: unknown): CellError {
  const record = toErrorRecord(thrown);
  const hint = record.hint === undefined ? [] : [`Hint: ${record.hint}`];
  const more = isLaunchbookError(thrown) ? [moreAbout(record.code)] : [];
  return {
    ename: record.name,
    evalue: record.message,
    traceback: [`${record.name}: ${record.message}`, ...hint, ...more],
    record
  };
}

/** The error of a cell that was interrupted, named as Jupyter's front ends know it. */
export function interruptedError(message: string): CellError {
  return {
    ename: 'KeyboardInterrupt',
    evalue: message,
    traceback: [`KeyboardInterrupt: ${message}`],
    record: { name: 'KeyboardInterrupt', code: 'cell.interrupted', message }
  };
}
