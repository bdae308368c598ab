// Which names a key has in allowed_signers: two names of one key are one person.
// Format: ssh-keygen(1), ALLOWED SIGNERS, https://man.openbsd.org/ssh-keygen.1#ALLOWED_SIGNERS
import { createHash } from 'node:crypto';
import { principalsOf } from '../../contract/signature/principals.js';

/**
 * True when the key that signed may sign as `name` too. Times, namespaces and negations of a line are not looked at: in doubt it may.
 *
 * @param signers - The content of an allowed_signers file.
 * @param key - Fingerprint, for example `SHA256:…`.
 * @example
 * isKeyOf('ann', 'ann,annie ssh-ed25519 AAAA…', key) // true
 */
export function isKeyOf(name: string, signers: string, key: string): boolean {
  return signers
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && keysIn(line).includes(key))
    .some(line => principalsOf(line).some(pattern => mayMean(pattern, name)));
}

/** Fingerprints of everything in the line that may be a key. */
function keysIn(line: string): string[] {
  return line
    .split(/\s+/)
    .filter(word => word.startsWith('AAAA'))
    .map(word => createHash('sha256').update(Buffer.from(word, 'base64')).digest('base64'))
    .map(hash => `SHA256:${hash.replace(/=+$/, '')}`);
}

/** `*` stands for any characters, `?` for one. */
function mayMean(pattern: string, name: string): boolean {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`, 's').test(name);
}
