// Checks the contents that arrive from clients against one table a message type, and lists every fault at once.
// Unknown fields are allowed, as the specification grows by adding them.
import type { Json, JsonObject } from '../../contract/base/json.js';
import type { Message, MessageType } from './messages.js';
import { ProtocolError } from './protocol-error.js';

type FieldKind = 'text' | 'texts' | 'boolean' | 'integer' | 'count' | 'any';

/** `!` in the key's value means that the field must be there. */
type FieldTable = { readonly [field: string]: FieldKind | `${FieldKind}!` };

/** The message types that a client may send, with the fields we rely on. */
const INCOMING = {
  kernel_info_request: {},
  execute_request: {
    code: 'text!',
    silent: 'boolean',
    store_history: 'boolean',
    user_expressions: 'texts',
    allow_stdin: 'boolean',
    stop_on_error: 'boolean'
  },
  complete_request: { code: 'text!', cursor_pos: 'count!' },
  inspect_request: { code: 'text!', cursor_pos: 'count!', detail_level: 'count' },
  is_complete_request: { code: 'text!' },
  history_request: {
    hist_access_type: 'text!',
    output: 'boolean',
    raw: 'boolean',
    session: 'integer',
    start: 'integer',
    stop: 'integer',
    n: 'count',
    pattern: 'text',
    unique: 'boolean'
  },
  comm_info_request: { target_name: 'text' },
  comm_open: { comm_id: 'text!', target_name: 'text!', data: 'any' },
  comm_msg: { comm_id: 'text!', data: 'any' },
  comm_close: { comm_id: 'text!', data: 'any' },
  interrupt_request: {},
  shutdown_request: { restart: 'boolean' },
  input_reply: { value: 'text!' }
} as const satisfies { readonly [type in MessageType]?: FieldTable };

/** A message type that a client may send. */
export type IncomingType = keyof typeof INCOMING;

/** True when we know what to do with messages of this type. */
export function isIncomingType(type: string): type is IncomingType {
  return Object.hasOwn(INCOMING, type);
}

/** What is wrong with a content, one sentence a fault; empty when it is usable. */
export function findFaults(type: IncomingType, content: JsonObject): string[] {
  const faults: string[] = [];
  for (const [field, rule] of Object.entries<string>(INCOMING[type])) {
    const isRequired = rule.endsWith('!');
    const kind = rule.replace('!', '') as FieldKind;
    const value = content[field];
    const isAbsent = value === undefined || value === null;
    if (isAbsent ? isRequired : !KINDS[kind].accepts(value)) {
      faults.push(`\`${field}\` is ${isAbsent ? 'missing' : shorten(value)}, expected ${KINDS[kind].title}`);
    }
  }
  return faults;
}

const SHOWN_LENGTH = 80;

function shorten(value: Json): string {
  const text =
    typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

/**
 * Narrows a message to its type.
 *
 * @throws {@link ProtocolError} `protocol.invalid_content` with every fault of the content.
 */
export function assertContent<T extends IncomingType>(
  message: Message,
  type: T
): asserts message is Message<T> {
  const faults = findFaults(type, message.content);
  if (faults.length > 0) {
    throw new ProtocolError(
      `Content of ${type} is not usable: ${faults.join('; ')}`,
      'protocol.invalid_content'
    );
  }
}

const KINDS: { readonly [kind in FieldKind]: { readonly title: string; accepts(value: Json): boolean } } = {
  text: { title: 'a text', accepts: value => typeof value === 'string' },
  boolean: { title: 'true or false', accepts: value => typeof value === 'boolean' },
  integer: { title: 'a whole number', accepts: value => Number.isInteger(value) },
  count: {
    title: 'a whole number of at least 0',
    accepts: value => Number.isInteger(value) && (value as number) >= 0
  },
  texts: {
    title: 'an object of texts',
    accepts: value =>
      typeof value === 'object' &&
      !Array.isArray(value) &&
      Object.values(value ?? {}).every(entry => typeof entry === 'string')
  },
  any: { title: 'any JSON', accepts: () => true }
};
