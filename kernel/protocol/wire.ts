// Messages to signed multipart bytes and back. Everything that can be wrong with received bytes ends in a ProtocolError.
import type { Json, JsonObject } from '../../contract/base/json.js';
import { joinFrames, splitFrames, type Part } from './frames.js';
import type { Message } from './messages.js';
import { ProtocolError } from './protocol-error.js';
import type { SeenSignatures } from './seen-signatures.js';
import { isSignedBy, signParts, type SigningKey } from './signature.js';
import { headerFromWire, headerToWire } from './wire-header.js';

/** Parts of so many characters are sent as text. ZeroMQ copies shorter bytes itself. */
const SHORTEST_TEXT = 129;
const LONGEST_TEXT = 16_384;

/** The parts of a message, ready for a socket. */
export function messageToParts(message: Message, signing: SigningKey): Part[] {
  const signed = [
    jsonToPart(headerToWire(message.header)),
    jsonToPart(headerToWire(message.parent)),
    jsonToPart(message.metadata),
    jsonToPart(message.content)
  ] as const;
  return joinFrames({
    identities: message.identities,
    signature: signParts(signing, signed),
    signed,
    buffers: message.buffers
  });
}

/**
 * A message from received bytes.
 *
 * @throws {@link ProtocolError} `protocol.malformed` when a part is missing or is not a JSON object,
 * `protocol.forged` when the signature does not belong to the bytes, `protocol.replayed` when it is among those `seen` before.
 */
export function partsToMessage(
  parts: readonly Uint8Array[],
  signing: SigningKey,
  seen?: SeenSignatures
): Message {
  const frames = splitFrames(parts);
  if (!isSignedBy(signing, frames.signature, frames.signed)) {
    throw new ProtocolError('The signature of a message does not belong to its bytes', 'protocol.forged');
  }
  if (signing.key !== '' && seen?.hasSeen(frames.signature)) {
    throw new ProtocolError('A message came a second time', 'protocol.replayed');
  }
  const [header, parent, metadata, content] = frames.signed;
  const parsed = headerFromWire(objectFromBytes(header, 'header'));
  if (parsed === null) {
    throw new ProtocolError('The header of a message has no `msg_id` and `msg_type`', 'protocol.malformed');
  }
  return {
    header: parsed,
    parent: headerFromWire(objectFromBytes(parent, 'parent header')),
    metadata: objectFromBytes(metadata, 'metadata'),
    content: objectFromBytes(content, 'content'),
    identities: frames.identities,
    buffers: frames.buffers
  };
}

/** ZeroMQ copies text, and borrows longer bytes: it wakes the kernel's thread to give each part back, which costs more than a short copy. */
function jsonToPart(value: JsonObject): Part {
  const text = JSON.stringify(value);
  return text.length < SHORTEST_TEXT || text.length > LONGEST_TEXT ? Buffer.from(text) : text;
}

function objectFromBytes(bytes: Uint8Array, part: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    ) as Json;
  } catch (cause) {
    throw new ProtocolError(`The ${part} of a message is not JSON: ${String(cause)}`, 'protocol.malformed');
  }
  // Some clients write `null` for an absent parent or empty metadata.
  if (value === null) {
    return {};
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new ProtocolError(`The ${part} of a message is not a JSON object`, 'protocol.malformed');
  }
  return value as JsonObject;
}
