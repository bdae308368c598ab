import type { Message } from '../../../kernel/protocol/messages.js';
import type { SigningKey } from '../../../kernel/protocol/signature.js';
import { messageToParts } from '../../../kernel/protocol/wire.js';

/** The parts of a message as its receiver gets them. */
export function receivedParts(message: Message, signing: SigningKey): Uint8Array[] {
  return messageToParts(message, signing).map(part => Buffer.from(part as string));
}
