// Masking as the helpers use it: the secrets this process has read, and the functions that hide them.
// The supervisor masks everything once more on its way out; here it keeps errors and records of every host clean.
import type { Json } from '../contract/base/json.js';
import { ports } from './context.js';
import type { MaskStream } from './masking/mask-stream.js';
import { Masker, type KnownSecret } from './masking/masker.js';
import { profileSecretsOf } from './masking/profile-secrets.js';
import type { Ports } from './ports.js';

export type { KnownSecret } from './masking/masker.js';

const learned = new WeakMap<Ports, readonly KnownSecret[]>();
const maskers = new WeakMap<readonly KnownSecret[], Masker>();

/** Adds a secret to those that this process masks. */
export function rememberSecret(secret: KnownSecret): void {
  const known = knownSecrets();
  if (!known.some(({ name, value }) => name === secret.name && value === secret.value)) {
    learned.set(ports(), [...known, secret]);
  }
}

/** The secrets that helpers have read, and that of the run's profile. The same list until another one is read. */
export function knownSecrets(): readonly KnownSecret[] {
  try {
    const key = ports();
    const known = learned.get(key) ?? secretsOfProfile(key);
    learned.set(key, known);
    return known;
  } catch {
    return NONE;
  }
}

/**
 * `text` without the values of `secrets` in any form; overlapping ones become one mark under the name of the longest.
 *
 * @example
 * maskText('Bearer sesame', [{ name: 'TOKEN', value: 'sesame' }]) // 'Bearer «secret TOKEN»'
 */
export function maskText(text: string, secrets: readonly KnownSecret[]): string {
  return maskerOf(secrets).text(text);
}

/** The same for every text in a value, keys included. */
export function maskJson(value: Json, secrets: readonly KnownSecret[]): Json {
  return maskerOf(secrets).json(value);
}

/** The same for a text that arrives in chunks. */
export function maskStream(secrets: readonly KnownSecret[]): MaskStream {
  return maskerOf(secrets).stream();
}

const NONE: readonly KnownSecret[] = [];

function secretsOfProfile({ environment }: Ports): readonly KnownSecret[] {
  return profileSecretsOf(environment);
}

function maskerOf(secrets: readonly KnownSecret[]): Masker {
  const masker = maskers.get(secrets) ?? new Masker(secrets);
  maskers.set(secrets, masker);
  return masker;
}
