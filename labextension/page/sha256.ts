// SHA-256 of a text as the kernel writes it into the journal. Browsers offer it on https and on localhost alone; elsewhere there
// is no answer.

/** Hex digits, or '' where the browser does not offer it. */
export async function sha256(text: string): Promise<string> {
  // Absent on insecure addresses, whatever the type says.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) {
    return '';
  }
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
