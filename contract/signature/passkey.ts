// A passkey's signature over a statement, as an SSH signature that `ssh-keygen -Y verify` takes. Pure: a page calls it as it is.
//
// What a page does to sign `text`, the JSON of a statement:
//   const bytes = new TextEncoder().encode(text);
//   const hashed = new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
//   const { rawId, response } = await navigator.credentials.get({
//     publicKey: { challenge: passkeyChallenge(hashed), rpId, userVerification: 'required', allowCredentials: [] } });
//   `publicKey` is that of the line of allowed_signers whose `credential` is rawId in base64url (`passkeysIn`).
//   const signature = passkeySignature({ publicKey, rpId, origin: location.origin, hashed,
//     authenticatorData, clientDataJSON, signature: each of `response`, as Uint8Array });
//   const token = tokenOfBytes(2, bytes, signature);   // this, and nothing else, is sent
//
// To enrol: navigator.credentials.create with `pubKeyCredParams: [{ type: 'public-key', alg: -7 }]` alone, `residentKey` and
// `userVerification` 'required', `attestation: 'none'`; then `signersLine` over `response.getPublicKey()`.
// Formats: PROTOCOL.u2f of OpenSSH, "webauthn signatures"; https://www.w3.org/TR/webauthn-3/
import { LaunchbookError } from '../base/error.js';
import { principalsOf } from './principals.js';
import {
  asciiBytes,
  fromBase64,
  joinBytes,
  SshReader,
  sshString,
  toBase64,
  toBase64Url
} from './ssh-bytes.js';
import { armored, bytesToSign, FLAGS } from './ssh-signature.js';

/** Namespace of the signatures: one that was made for something else does not count here. */
export const SIGNATURE_NAMESPACE = 'launchbook';

/** Type of the public key of a passkey in `allowed_signers`. */
export const PASSKEY_TYPE = 'sk-ecdsa-sha2-nistp256@openssh.com';

/** Type of the signature that a passkey makes on a web page. */
export const PASSKEY_SIGNATURE_TYPE = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';

const HASH = 'sha512';
/** A key for P-256 in DER (SubjectPublicKeyInfo) up to the point, which is 65 bytes. */
const SPKI_HEAD = fromBase64('MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgA=');

/** What the browser answers, and what it was asked with. */
export interface PasskeyAssertion {
  /** As SSH writes it: `passkeyPublicKey`, or of a line of `allowed_signers`. */
  readonly publicKey: Uint8Array;
  readonly rpId: string;
  /** The page's own: `location.origin`. */
  readonly origin: string;
  /** SHA-512 of the statement. */
  readonly hashed: Uint8Array;
  /** What the signature is made for. @default 'launchbook': decisions */
  readonly namespace?: string;
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  /** In DER, as the browser gives it. */
  readonly signature: Uint8Array;
}

/** A passkey that a line of `allowed_signers` names. */
export interface ListedPasskey {
  /** The names at the beginning of the line. */
  readonly names: readonly string[];
  readonly rpId: string;
  readonly publicKey: Uint8Array;
  /** In base64url, as `credential.id` of the browser. */
  readonly credential: string;
  /** True: a cloud account may keep copies of it. */
  readonly isSynced: boolean;
}

/** The challenge that binds an assertion to a statement. `hashed` is the SHA-512 of its UTF-8 bytes. */
export function passkeyChallenge(hashed: Uint8Array, namespace: string = SIGNATURE_NAMESPACE): Uint8Array {
  return bytesToSign({ namespace, hash: HASH, hashed });
}

/**
 * The armored SSH signature of an assertion. The bytes of the client data are kept as they are.
 *
 * @throws code `passkey.bad_assertion` when it would not be accepted: not over this statement, at another origin, of another form.
 */
export function passkeySignature(assertion: PasskeyAssertion): string {
  const { publicKey, origin, hashed, authenticatorData, clientDataJSON } = assertion;
  const { namespace = SIGNATURE_NAMESPACE } = assertion;
  const challenge = toBase64Url(passkeyChallenge(hashed, namespace));
  const begin = asciiBytes(
    `{"type":"webauthn.get","challenge":"${challenge}","origin":${JSON.stringify(origin)}`
  );
  if (authenticatorData.length < 37) {
    refuse(`the data of the authenticator has ${authenticatorData.length} bytes, expected 37 at least`);
  }
  if (toBase64(clientDataJSON.slice(0, begin.length)) !== toBase64(begin)) {
    refuse(`the client data is not of a signature over this statement at ${origin}`);
  }
  if (rpIdOf(publicKey) !== assertion.rpId) {
    refuse(`the key is for ${rpIdOf(publicKey)}, expected ${assertion.rpId}`);
  }
  const signature = joinBytes(
    sshString(PASSKEY_SIGNATURE_TYPE),
    sshString(integersOf(assertion.signature)),
    // Flags and counter.
    authenticatorData.slice(32, 37),
    sshString(origin),
    sshString(clientDataJSON),
    sshString(authenticatorData.slice(37))
  );
  return armored({
    publicKey,
    namespace,
    reserved: new Uint8Array(),
    hash: HASH,
    signature
  });
}

/** The token `launchbookVERSION.STATEMENT.SIGNATURE` of a statement's UTF-8 bytes and its armored signature. */
export function tokenOfBytes(version: 1 | 2 | 3, statement: Uint8Array, signature: string): string {
  return [`launchbook${version}`, toBase64Url(statement), toBase64Url(asciiBytes(signature))].join('.');
}

/**
 * The public key of a new passkey as SSH writes it.
 *
 * @param spki - `response.getPublicKey()` of the new credential.
 * @throws code `passkey.bad_key` when it is not for ES256 (P-256), the only kind that `ssh-keygen` can verify.
 */
export function passkeyPublicKey(spki: Uint8Array, rpId: string): Uint8Array {
  const head = spki.slice(0, SPKI_HEAD.length);
  const point = spki.slice(SPKI_HEAD.length);
  if (toBase64(head) !== toBase64(SPKI_HEAD) || point.length !== 65 || point[0] !== 4) {
    throw new LaunchbookError('The key of this passkey is not one for ES256 (P-256).', {
      code: 'passkey.bad_key',
      hint: 'Use another device, for example a phone by its QR code, or a security key.'
    });
  }
  return joinBytes(sshString(PASSKEY_TYPE), sshString('nistp256'), sshString(point), sshString(rpId));
}

/**
 * The line for `allowed_signers`.
 *
 * @example
 * signersLine({ name: 'ann', publicKey, validAfter: '2026-11-29', credential: 'q83v…', authenticatorData })
 * // 'ann namespaces="launchbook",valid-after="20261129" sk-ecdsa-sha2-nistp256@openssh.com AAAA… passkey device-bound q83v…'
 */
export function signersLine(passkey: {
  readonly name: string;
  readonly publicKey: Uint8Array;
  /** A day; a verifier reads it in its own time zone, so give the one before. */
  readonly validAfter: string;
  /** `credential.id`. */
  readonly credential: string;
  /** Of the first signature; it says whether the key may be copied. */
  readonly authenticatorData: Uint8Array;
}): string {
  const { name, publicKey, validAfter, credential, authenticatorData } = passkey;
  if (!/^[\w.@+-]+$/.test(name)) {
    refuse(`the name ${JSON.stringify(name)} cannot stand in a line of allowed_signers`);
  }
  const kind = (authenticatorData[32]! & FLAGS.backupEligible) === 0 ? 'device-bound' : 'synced';
  const options = `namespaces="${SIGNATURE_NAMESPACE}",valid-after="${validAfter.slice(0, 10).replaceAll('-', '')}"`;
  return `${name} ${options} ${PASSKEY_TYPE} ${toBase64(publicKey)} passkey ${kind} ${credential}`;
}

/** The passkeys in the text of an `allowed_signers` file; lines of other keys, and lines that cannot be read, are left out. */
export function passkeysIn(text: string): ListedPasskey[] {
  return text.split('\n').flatMap(line => {
    const [before, after, ...more] = line.trim().split(` ${PASSKEY_TYPE} `);
    const [key, word, kind, credential] = (after ?? '').split(/\s+/);
    if (line.startsWith('#') || more.length > 0 || word !== 'passkey' || !credential) {
      return [];
    }
    try {
      const publicKey = fromBase64(key!);
      const names = principalsOf(before!);
      return [{ names, rpId: rpIdOf(publicKey), publicKey, credential, isSynced: kind === 'synced' }];
    } catch {
      return [];
    }
  });
}

/** The application of a security key: the host that a passkey is for, or `ssh:` with a name of a key of `ssh-keygen`. */
export function rpIdOf(publicKey: Uint8Array): string {
  const reader = new SshReader(publicKey);
  const type = reader.text();
  const isCertificate = type.includes('-cert-');
  // A certificate begins with a nonce; a key for P-256 names its curve before the point.
  const before = 1 + Number(isCertificate) + Number(type.startsWith('sk-ecdsa-'));
  Array.from({ length: before }, () => reader.string());
  const application = reader.text();
  if (!isCertificate) {
    reader.end();
  }
  return application;
}

/**
 * The two integers of a signature of ES256, in DER, as SSH writes them.
 *
 * @throws code `passkey.bad_assertion` when it is none.
 */
export function integersOf(der: Uint8Array): Uint8Array {
  const fault = 'its signature is not one of ES256';
  const integers: Uint8Array[] = [];
  let at = 2;
  while (der[at] === 2 && integers.length < 2) {
    const length = der[at + 1] ?? 0;
    integers.push(der.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || at !== der.length || integers.length !== 2) {
    refuse(fault);
  }
  return joinBytes(...integers.map(sshString));
}

function refuse(seen: string): never {
  throw new LaunchbookError(`This signature of a passkey cannot be used: ${seen}.`, {
    code: 'passkey.bad_assertion',
    hint: 'Load the page again at the address that launchbook.yml names under decide, and sign again.'
  });
}
