// Thrown when bytes or contents from a peer do not follow the specification. The message is dropped or answered
// with an error; the kernel lives.
import { LaunchbookError } from '../../contract/base/error.js';

/** A peer sent something that is not a message of the Jupyter specification. */
export class ProtocolError extends LaunchbookError {
  constructor(
    message: string,
    code: 'protocol.malformed' | 'protocol.forged' | 'protocol.invalid_content' | 'protocol.replayed'
  ) {
    super(message, { code });
  }
}
