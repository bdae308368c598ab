// Any thrown value in the form that Jupyter shows. Errors that the interpreter reports come with their own.
import { toErrorRecord } from '../../contract/error.js';
import type { ErrorReply } from '../protocol/messages.js';
import type { CellError } from './ports.js';

/** A thrown value as Jupyter shows it. */
export function cellErrorOf(thrown: unknown): CellError {
  const record = toErrorRecord(thrown);
  const headline = `${record.name}: ${record.message}`;
  return {
    ename: record.name,
    evalue: record.message,
    traceback: record.hint === undefined ? [headline] : [headline, `Hint: ${record.hint}`],
    record
  };
}

/** The reply to a request that could not be served. */
export function errorReplyOf(error: CellError): ErrorReply {
  return { status: 'error', ename: error.ename, evalue: error.evalue, traceback: error.traceback };
}
