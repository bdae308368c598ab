// Is this page where a decision can be signed at all? What a passkey needs of browser and address, in words for whoever holds the phone.

/**
 * One sentence why nothing can be signed here; null when it can.
 *
 * @param origins - The addresses whose passkeys count.
 * @param isPasskey - False: a login decides, and no passkey is needed.
 */
export function faultOfSurroundings(origins: readonly string[], isPasskey = true): string | null {
  const here = location.origin;
  // Nobody can tell what a page around this one shows or covers.
  if (window.top !== window.self) {
    return 'This page is shown inside of another one. Open it on its own to decide.';
  }
  if (!window.isSecureContext) {
    return `This page was not loaded over https, so no browser signs here: ${here}.`;
  }
  if (isPasskey && (!('credentials' in navigator) || typeof PublicKeyCredential === 'undefined')) {
    return 'This browser has no passkeys. Open the page in another one.';
  }
  return origins.includes(here)
    ? null
    : `Passkeys of this run count at ${origins.join(' and ') || 'no address'}, and this page is at ${here}.`;
}

/** What a browser says when it does not sign, in words. */
export function wordsOfRefusal(error: unknown, rpId: string): string {
  const { name, message } = error as Error;
  switch (name) {
    case 'NotAllowedError':
      return `Nothing was signed: it was cancelled, took too long, or this device has no passkey for ${rpId}.`;
    case 'SecurityError':
      return `Nothing was signed: this address does not fit the passkeys of ${rpId}.`;
    case 'InvalidStateError':
      return 'This device has such a passkey already.';
    default:
      return message;
  }
}
