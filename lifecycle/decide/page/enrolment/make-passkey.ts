// Makes a passkey on this device and has it sign once, so that the line for allowed_signers is of a key that works and whose device
// verifies whoever holds it.
import { passkeyChallenge, passkeyPublicKey, signersLine } from '../../../../contract/signature/passkey.js';
import { toBase64 } from '../../../../contract/signature/ssh-bytes.js';
import { askDevice } from '../parts/sign.js';

/** What a reviewer gets. */
export interface NewPasskey {
  /** The line for allowed_signers. */
  readonly line: string;
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
}

const DAY_MS = 86_400_000;
const PURPOSE = 'launchbook-enrolment';

/** @param name - As launchbook.yml and allowed_signers name the person. */
export async function makePasskey(name: string, rpId: string): Promise<NewPasskey> {
  const credential = (await navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { id: rpId, name: 'Launchbook' },
      user: { id: (await hash('SHA-256', `launchbook ${name}`)) as BufferSource, name, displayName: name },
      // ES256 alone: ssh-keygen verifies no other kind of passkey.
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none'
    }
  })) as PublicKeyCredential | null;
  const spki = (credential?.response as AuthenticatorAttestationResponse | undefined)?.getPublicKey();
  if (!credential || !spki) {
    throw new Error('The device has made no passkey of the kind that is needed (ES256).');
  }
  const publicKey = passkeyPublicKey(new Uint8Array(spki), rpId);
  const hashed = await hash('SHA-512', JSON.stringify({ kind: 'enrolment', name, key: toBase64(publicKey) }));
  const { authenticatorData } = await askDevice(passkeyChallenge(hashed, PURPOSE), rpId, [credential.id]);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey as BufferSource));
  // A verifier reads the day in its own time zone.
  const validAfter = new Date(Date.now() - DAY_MS).toISOString();
  return {
    line: signersLine({ name, publicKey, validAfter, credential: credential.id, authenticatorData }),
    fingerprint: `SHA256:${toBase64(digest).replaceAll('=', '')}`
  };
}

async function hash(algorithm: 'SHA-256' | 'SHA-512', text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(algorithm, new TextEncoder().encode(text)));
}
