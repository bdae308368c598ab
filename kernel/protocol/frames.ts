// The multipart layout of a message: identities, the delimiter, signature, four JSON parts, then binary buffers.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html#the-wire-protocol
import { ProtocolError } from './protocol-error.js';

/** A part of a message that is sent: bytes, or text that becomes UTF-8. */
export type Part = Uint8Array | string;

/** The parts of a message; as bytes, exactly as received. */
export interface Frames<Signed extends Part = Uint8Array> {
  readonly identities: readonly Uint8Array[];
  readonly signature: Uint8Array;
  /** Header, parent header, metadata, content: what the signature covers. */
  readonly signed: readonly [Signed, Signed, Signed, Signed];
  readonly buffers: readonly Uint8Array[];
}

const DELIMITER = Buffer.from('<IDS|MSG>');

/**
 * Finds the parts of a multipart message.
 *
 * @throws {@link ProtocolError} `protocol.malformed` when the delimiter or one of the five parts after it is missing.
 */
export function splitFrames(parts: readonly Uint8Array[]): Frames {
  const delimiter = parts.findIndex(part => DELIMITER.equals(part));
  if (delimiter < 0) {
    throw new ProtocolError(
      `Message of ${parts.length} parts has no <IDS|MSG> delimiter`,
      'protocol.malformed'
    );
  }
  const [signature, header, parent, metadata, content, ...buffers] = parts.slice(delimiter + 1);
  if (!signature || !header || !parent || !metadata || !content) {
    throw new ProtocolError(
      `Message has ${parts.length - delimiter - 1} parts after the delimiter, expected at least 5`,
      'protocol.malformed'
    );
  }
  return {
    identities: parts.slice(0, delimiter),
    signature,
    signed: [header, parent, metadata, content],
    buffers
  };
}

/** The multipart message that {@link splitFrames} takes apart. */
export function joinFrames<Signed extends Part>(frames: Frames<Signed>): (Signed | Uint8Array)[] {
  return [...frames.identities, DELIMITER, frames.signature, ...frames.signed, ...frames.buffers];
}
