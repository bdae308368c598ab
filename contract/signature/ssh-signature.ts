// An SSH signature taken apart, and put together. What ssh-keygen does not look at is read from here, so this reads nothing that
// ssh-keygen would read in another way. Formats: PROTOCOL.sshsig and PROTOCOL.u2f of OpenSSH.
import { fromBase64, joinBytes, SshReader, sshNumber, sshString, toBase64, unreadable } from './ssh-bytes.js';

/** A signature as it stands between the two lines of its armor. */
export interface SshSignature {
  /** The public key as SSH writes it. */
  readonly publicKey: Uint8Array;
  readonly namespace: string;
  /** Empty: nothing uses it yet. */
  readonly reserved: Uint8Array;
  /** How the text was hashed: `sha512` or `sha256`. */
  readonly hash: string;
  /** Type, and what follows it according to the type. */
  readonly signature: Uint8Array;
}

/** What an authenticator signs beside the hash. */
export interface AuthenticatorFacts {
  /** `FLAGS` names the bits. */
  readonly flags: number;
  /** Stays 0 for ever where the authenticator has none. */
  readonly counter: number;
  /** Only of a passkey; null of `ssh-keygen` with a security key. */
  readonly webauthn: {
    readonly origin: string;
    /** The very bytes of `clientDataJSON`. */
    readonly clientData: Uint8Array;
    readonly extensions: Uint8Array;
  } | null;
}

/** Bits of `flags`. Web Authentication, section 6.1. */
export const FLAGS = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  attestedData: 0x40,
  extensions: 0x80
} as const;

const MAGIC = Uint8Array.from('SSHSIG', letter => letter.charCodeAt(0));
const BEGIN = '-----BEGIN SSH SIGNATURE-----';
const END = '-----END SSH SIGNATURE-----';

/** What is signed in place of the text: `hashed` is its hash. */
export function bytesToSign({
  namespace,
  hash,
  hashed
}: {
  readonly namespace: string;
  readonly hash: string;
  readonly hashed: Uint8Array;
}): Uint8Array {
  return joinBytes(MAGIC, sshString(namespace), sshString(''), sshString(hash), sshString(hashed));
}

/** The armored text, as `ssh-keygen -Y sign` writes it. */
export function armored(parts: SshSignature): string {
  const { publicKey, namespace, reserved, hash, signature } = parts;
  const body = toBase64(
    joinBytes(
      MAGIC,
      sshNumber(1),
      sshString(publicKey),
      sshString(namespace),
      sshString(reserved),
      sshString(hash),
      sshString(signature)
    )
  );
  return [BEGIN, ...(body.match(/.{1,70}/g) ?? []), END, ''].join('\n');
}

/**
 * Reads an armored signature. Nothing is verified.
 *
 * @throws code `signature.unreadable` when it is none, or is written in another way than `ssh-keygen` does.
 */
export function readSshSignature(text: string): SshSignature {
  const [begin, ...lines] = text.trimEnd().split(/\r?\n/);
  if (begin !== BEGIN || lines.pop() !== END) {
    unreadable('it does not begin and end as an SSH signature does');
  }
  const reader = new SshReader(fromBase64(lines.join('')));
  if (toBase64(reader.take(MAGIC.length)) !== toBase64(MAGIC) || reader.number() !== 1) {
    unreadable('it is no SSH signature of version 1');
  }
  const parts = {
    publicKey: reader.string(),
    namespace: reader.text(),
    reserved: reader.string(),
    hash: reader.text(),
    signature: reader.string()
  };
  reader.end();
  return parts;
}

/** `ssh-ed25519`, `sk-ecdsa-sha2-nistp256@openssh.com`: of a public key, or of a signature. */
export function typeOf(bytes: Uint8Array): string {
  return new SshReader(bytes).text();
}

/**
 * What an authenticator has signed; null when the signature is of a key in a file or an agent.
 *
 * @throws code `signature.unreadable` when it should be there and is not, or is followed by something.
 */
export function authenticatorFacts({ publicKey, signature }: SshSignature): AuthenticatorFacts | null {
  const reader = new SshReader(signature);
  const type = reader.text();
  if (!isOfAuthenticator(type) && !isOfAuthenticator(typeOf(publicKey))) {
    return null;
  }
  reader.string();
  const [flags, counter] = [reader.byte(), reader.number()];
  const webauthn = type.startsWith('webauthn-')
    ? { origin: reader.text(), clientData: reader.string(), extensions: reader.string() }
    : null;
  reader.end();
  return { flags, counter, webauthn };
}

function isOfAuthenticator(type: string): boolean {
  return /^(webauthn-)?sk-/.test(type);
}
