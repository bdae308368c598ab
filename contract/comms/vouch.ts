// What the Jupyter server of a page says of who is at it: a word for one message, sealed with the key of the kernel's connection, so that
// a page cannot write another name into it.
import { isObject, isText } from '../base/checks.js';
import { stableText } from '../base/stable-text.js';

/** Path of the server extension that vouches, below the base address of the server. */
export const VOUCH_PATH = 'launchbook/vouch';

/** The word of the server. */
export interface Vouch {
  /** JSON: `username`, `name`, `at` (ISO 8601 UTC) and `subject`. */
  readonly text: string;
  /** HMAC-SHA256 (hex) of the text after `launchbook-vouch` and a line feed, with the key of the kernel's connection. */
  readonly mac: string;
}

/** What is vouched for: the message itself, so that the word counts for no other one. */
export function subjectOf(message: object): string {
  return stableText(Object.fromEntries(Object.entries(message).filter(([part]) => part !== 'vouch')));
}

/** True for a well-formed word. */
export function isVouch(value: unknown): value is Vouch {
  const vouch = value as Vouch;
  return isObject(value) && isText(vouch.text) && isText(vouch.mac);
}
