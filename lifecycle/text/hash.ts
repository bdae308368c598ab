// SHA-256 of texts and files, in the one spelling that journals, approvals and archives use.
import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a text in UTF-8, or of bytes. */
export function hashOfText(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
