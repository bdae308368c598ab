// Masks the exact values of known secrets in text, data and streams, as `«secret NAME»`.
// Trick for streams: what could be the beginning of a secret is held back until the next chunk decides.
import type { Json } from '../contract/json.js';
import { ports } from './context.js';

/** A value that must not be seen, and the name shown in its place. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

/** Shorter values would mask ordinary words. */
export const SHORTEST_SECRET = 4;

/** The secrets of the run's profile. None while there is no readable profile. */
export function knownSecrets(): KnownSecret[] {
  try {
    const token = ports().environment.splunk?.token;
    return token === undefined ? [] : [{ name: 'splunk.token', value: token }];
  } catch {
    return [];
  }
}

/**
 * `text` without the values of `secrets`; the longest value wins where two overlap.
 *
 * @example
 * maskText('Bearer sesame', [{ name: 'TOKEN', value: 'sesame' }]) // 'Bearer «secret TOKEN»'
 */
export function maskText(text: string, secrets: readonly KnownSecret[]): string {
  const usable = usableSecrets(secrets);
  if (usable.length === 0) {
    return text;
  }
  const names = new Map(usable.map(secret => [secret.value, secret.name]));
  const pattern = new RegExp(usable.map(secret => escapePattern(secret.value)).join('|'), 'g');
  return text.replace(pattern, value => `«secret ${names.get(value)}»`);
}

/** The same for every text in a value, keys included. */
export function maskJson(value: Json, secrets: readonly KnownSecret[]): Json {
  if (typeof value === 'string') {
    return maskText(value, secrets);
  }
  if (Array.isArray(value)) {
    return value.map((item: Json) => maskJson(item, secrets));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(
      entries.map(([key, part]) => [maskText(key, secrets), maskJson(part as Json, secrets)])
    );
  }
  return value;
}

/** Masks a text that arrives in chunks. */
export class StreamMask {
  readonly #secrets: readonly KnownSecret[];
  #held = '';

  constructor(secrets: readonly KnownSecret[]) {
    this.#secrets = usableSecrets(secrets);
  }

  /** What may be shown after this chunk. */
  push(chunk: string): string {
    const text = this.#held + chunk;
    const masked = maskText(text, this.#secrets);
    // Only an unmasked tail can begin a secret, so the tail of the masked text decides.
    const held = Math.max(0, ...this.#secrets.map(secret => overlap(masked, secret.value)));
    this.#held = masked.slice(masked.length - held);
    return masked.slice(0, masked.length - held);
  }

  /** What was held back at the end of the text. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

/** Length of the longest end of `text` that begins `value` without being all of it. */
function overlap(text: string, value: string): number {
  for (let length = Math.min(value.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(value.slice(0, length))) {
      return length;
    }
  }
  return 0;
}

function usableSecrets(secrets: readonly KnownSecret[]): KnownSecret[] {
  return secrets
    .filter(secret => secret.value.length >= SHORTEST_SECRET)
    .sort((a, b) => b.value.length - a.value.length);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
