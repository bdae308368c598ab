// Makes messages: a fresh id, the time with `Z`, our protocol version, and the parent that the message answers.
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../contract/base/json.js';
import type { ContentOf, Header, Message, MessageType } from './messages.js';
import { PROTOCOL_VERSION } from './version.js';

/** Who sends: one random session a kernel process, and the user it runs as. */
export interface Sender {
  readonly session: string;
  readonly username: string;
}

/** Everything of a message but its content. */
export interface Envelope {
  readonly parent?: Header | null;
  readonly metadata?: JsonObject;
  readonly identities?: readonly Uint8Array[];
  readonly buffers?: readonly Uint8Array[];
}

/** A new message from `sender`. */
export function makeMessage<T extends MessageType>(
  sender: Sender,
  type: T,
  content: ContentOf<T>,
  envelope: Envelope = {}
): Message<T> {
  return {
    header: makeHeader(sender, type),
    parent: envelope.parent ?? null,
    metadata: envelope.metadata ?? {},
    content,
    identities: envelope.identities ?? [],
    buffers: envelope.buffers ?? []
  };
}

function makeHeader<T extends string>(sender: Sender, type: T): Header<T> {
  return {
    id: randomUUID(),
    type,
    session: sender.session,
    username: sender.username,
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION
  };
}
