// What Splunk says beside the rows: read from every form that it has, and told.
import { formatCount } from '../../contract/base/format.js';

/** A message of Splunk, for example `{ type: 'FATAL', text: "Unknown search command 'foo'." }`. */
export interface SplunkMessage {
  /** `DEBUG`, `INFO`, `WARN`, `ERROR` or `FATAL`; what Splunk sends else stays as it is. */
  readonly type: string;
  /** What it says. */
  readonly text: string;
}

/** The messages of an answer: a list, or texts by level as older versions have them. What cannot be read is kept, and told as unknown. */
export function readMessages(value: unknown): SplunkMessage[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.map(readMessage);
  }
  return typeof value === 'object'
    ? Object.entries(value).flatMap(([type, texts]) =>
        [texts].flat().map(text => readMessage({ type: type.toUpperCase(), text }))
      )
    : [readMessage(value)];
}

function readMessage(value: unknown): SplunkMessage {
  const { type, text } = (value ?? {}) as { readonly type?: unknown; readonly text?: unknown };
  return typeof type === 'string' && typeof text === 'string'
    ? { type, text }
    : { type: 'UNKNOWN', text: JSON.stringify(value) };
}

/** True for a message that says why a search without an end has failed. */
export function isFatal({ type }: SplunkMessage): boolean {
  return /^(FATAL|ERROR)$/i.test(type);
}

/** True for one after which there is no result, even when rows came. An `ERROR` beside rows tells of a part that is missing. */
export function isDeadly({ type }: SplunkMessage): boolean {
  return /^FATAL$/i.test(type);
}

/** Each message as a line, `WARN: …`; equal ones once, with how many there are. */
export function describeMessages(messages: readonly SplunkMessage[]): string[] {
  const counts = new Map<string, number>();
  for (const { type, text } of messages) {
    const line = `${type}: ${text}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${formatCount(count, 'time')})`));
}
