// SHA-256 in the one spelling that journals, approvals, signatures and archives use.
import { hash } from 'node:crypto';

/** SHA-256 (hex) of a text in UTF-8, or of bytes. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}
