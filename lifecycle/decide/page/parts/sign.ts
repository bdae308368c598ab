// Has the device sign a statement with a passkey, and packs the answer as a token: an SSH signature that ssh-keygen verifies.
import type { ListedKey } from '../../../../contract/decide/decision-page.js';
import { passkeyChallenge, passkeySignature, tokenOfBytes } from '../../../../contract/signature/passkey.js';
import { fromBase64 } from '../../../../contract/signature/ssh-bytes.js';
import { FLAGS } from '../../../../contract/signature/ssh-signature.js';

/** What is signed, by whom, and with which keys. */
export interface SigningRequest {
  /** The statement; its `by` signs. */
  readonly statement: { readonly version: 1 | 2 | 3; readonly by: string };
  readonly rpId: string;
  /** Those of allowed_signers. */
  readonly passkeys: readonly ListedKey[];
}

/**
 * The token. The device asks the person for the gesture.
 *
 * @throws Error in words when nothing was signed, or not by whom the statement names.
 */
export async function signStatement({ statement, rpId, passkeys }: SigningRequest): Promise<string> {
  const { by, version } = statement;
  const own = passkeys.filter(({ names }) => names.includes(by));
  if (own.length === 0) {
    throw new Error(`allowed_signers has no passkey of ${by} for ${rpId}.`);
  }
  const bytes = new TextEncoder().encode(JSON.stringify(statement));
  const hashed = await sha512(bytes);
  const answer = await askDevice(
    passkeyChallenge(hashed),
    rpId,
    own.map(({ credential }) => credential)
  );
  const used = own.find(({ credential }) => credential === answer.credential);
  if (!used) {
    throw new Error(`The passkey that signed is not one of ${by}.`);
  }
  const signature = passkeySignature({
    publicKey: fromBase64(used.publicKey),
    rpId,
    origin: location.origin,
    hashed,
    ...answer
  });
  return tokenOfBytes(version, bytes, signature);
}

/** What an authenticator gives for a challenge. */
export interface DeviceAnswer {
  /** Id of the passkey, in base64url. */
  readonly credential: string;
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  readonly signature: Uint8Array;
}

/** Asks for one signature with user verification. @throws Error when the device has not verified the person */
export async function askDevice(
  challenge: Uint8Array,
  rpId: string,
  credentials: readonly string[]
): Promise<DeviceAnswer> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: challenge as BufferSource,
      rpId,
      userVerification: 'required',
      allowCredentials: credentials.map(id => ({
        type: 'public-key' as const,
        id: bytesOf(id) as BufferSource
      })),
      timeout: 120_000
    }
  })) as PublicKeyCredential | null;
  if (!credential) {
    throw new Error('The device has not answered.');
  }
  const { authenticatorData, clientDataJSON, signature } =
    credential.response as AuthenticatorAssertionResponse;
  const answer = {
    credential: credential.id,
    authenticatorData: new Uint8Array(authenticatorData),
    clientDataJSON: new Uint8Array(clientDataJSON),
    signature: new Uint8Array(signature)
  };
  const flags = answer.authenticatorData[32] ?? 0;
  if ((flags & FLAGS.userVerified) === 0 || (flags & FLAGS.userPresent) === 0) {
    throw new Error(
      'The device signed without verifying you by finger, face or PIN, which does not count. Switch its screen lock on and try again.'
    );
  }
  return answer;
}

/** Of base64url without padding, as browsers write the ids of passkeys. */
function bytesOf(id: string): Uint8Array {
  const text = id.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='));
}

async function sha512(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-512', bytes as BufferSource));
}
