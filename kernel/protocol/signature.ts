// Signs and verifies messages with the key of the connection file. Verification runs over the received bytes, never
// over JSON that we serialised again, and compares in constant time. An empty key means that nothing is signed.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html#the-wire-protocol
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Part } from './frames.js';

/** The signing key, and the hash that `signature_scheme` names. */
export interface SigningKey {
  readonly key: string;
  /** For example `sha256`. */
  readonly hash: string;
}

/** Hexadecimal HMAC over the parts in order; empty when there is no key. */
export function signParts(signing: SigningKey, parts: readonly Part[]): Uint8Array {
  if (signing.key === '') {
    return Buffer.alloc(0);
  }
  const hmac = createHmac(signing.hash, signing.key);
  for (const part of parts) {
    hmac.update(part);
  }
  return Buffer.from(hmac.digest('hex'));
}

/** True when `signature` belongs to the parts, or when nothing is signed. */
export function isSignedBy(
  signing: SigningKey,
  signature: Uint8Array,
  parts: readonly Uint8Array[]
): boolean {
  if (signing.key === '') {
    return true;
  }
  const expected = signParts(signing, parts);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
