// The reply to a request that could not be served.
import type { CellError } from '../../../contract/base/cell-error.js';
import type { ErrorReply } from '../../protocol/messages.js';

export function errorReplyOf(error: CellError): ErrorReply {
  return { status: 'error', ename: error.ename, evalue: error.evalue, traceback: error.traceback };
}
