// The comm `launchbook.check`: a front end announces a cell's text while a person still reads or types, and gets its faults. The kernel
// remembers them, so that the cell then runs without waiting for the type checker, provided that no earlier cell has changed what
// its names mean. Nothing of the cell is run.
import type { ErrorRecord } from '../base/error.js';

/** Target name of the comm. Data of `comm_open` is ignored; the kernel answers each message, in any order. */
export const CHECK_COMM = 'launchbook.check';

/** Name of the error in the output of a cell that was refused because of its faults. */
export const CHECK_ERROR = 'TypeScriptError';

/**
 * Front end to kernel: what is wrong with this text, as a cell that would run now?
 *
 * @example
 * comm.send({ request: 'a1', version: 7, code: 'const n: number = "x"' });
 * // { request: 'a1', version: 7, diagnostics: [{ code: 'TS2322', line: 1, column: 7, … }], error: null }
 */
export interface CheckRequest {
  /** Random id; the answer carries it. */
  readonly request: string;
  /** Version of the front end's document; the answer carries it. */
  readonly version?: number;
  /** The cell's whole text. */
  readonly code: string;
}

/** A fault of a cell. `line` and `column` are 1-based and count UTF-16 code units. */
export interface CheckDiagnostic {
  /** `TS2322`, or `cell.` and a word for what TypeScript allows and a cell cannot do. */
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  /** The message, then the lines around the fault with carets under it, as plain text. */
  readonly frame: string;
}

/** Kernel to front end. Either `diagnostics` or `error` is null: the text could not be checked. */
export interface CheckAnswer {
  readonly request: string;
  readonly version?: number;
  readonly diagnostics: readonly CheckDiagnostic[] | null;
  readonly error: ErrorRecord | null;
}

/** True for a well-formed request. */
export function isCheckRequest(value: unknown): value is CheckRequest {
  const request = value as CheckRequest | null;
  return (
    typeof request === 'object' &&
    request !== null &&
    typeof request.request === 'string' &&
    typeof request.code === 'string' &&
    (request.version === undefined || typeof request.version === 'number')
  );
}
