// Headers as they stand on the wire (snake_case) and as the rest of the kernel sees them.
// Unknown fields are kept when they are plain values, because a header comes back as the parent of everything that answers it.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html#message-header
import type { Json, JsonObject } from '../../contract/base/json.js';
import type { Header } from './messages.js';

/** A header from its wire form, or null for the empty object that stands for "no parent". */
export function headerFromWire(wire: JsonObject): Header | null {
  const { msg_id, msg_type, session, username, date, version, ...extra } = wire;
  if (typeof msg_id !== 'string' || typeof msg_type !== 'string') {
    return null;
  }
  return {
    id: msg_id,
    type: msg_type,
    session: textOr(session, ''),
    username: textOr(username, ''),
    date: textOr(date, ''),
    version: textOr(version, ''),
    ...extraOf(extra)
  };
}

// Nothing nested: what cannot be written again must not stand in the way of an answer.
function extraOf(fields: JsonObject): { readonly extra?: JsonObject } {
  const plain = Object.entries(fields).filter(([, value]) => typeof value !== 'object' || value === null);
  return plain.length === 0 ? {} : { extra: Object.fromEntries(plain) };
}

/** The wire form of a header; `{}` for null. */
export function headerToWire(header: Header | null): JsonObject {
  if (header === null) {
    return {};
  }
  return {
    msg_id: header.id,
    msg_type: header.type,
    session: header.session,
    username: header.username,
    date: header.date,
    version: header.version,
    ...header.extra
  };
}

function textOr(value: Json | undefined, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
