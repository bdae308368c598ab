// An authenticator and a browser in twenty lines: a P-256 key that signs what a page asks for, with every flag, origin and field that a
// test wants, also those that no real one gives.
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  integersOf,
  PASSKEY_TYPE,
  passkeyChallenge,
  passkeyPublicKey,
  passkeySignature,
  SIGNATURE_NAMESPACE,
  signersLine
} from '../../../contract/signature/passkey.js';
import { joinBytes, sshNumber, sshString, toBase64 } from '../../../contract/signature/ssh-bytes.js';
import { armored, bytesToSign, FLAGS } from '../../../contract/signature/ssh-signature.js';

/** The page of the tests. */
export const PAGE: { readonly rpId: string; readonly origin: string } = {
  rpId: 'launchbook.example.com',
  origin: 'https://launchbook.example.com'
};

const UP_AND_UV = FLAGS.userPresent | FLAGS.userVerified;

/** What is to be otherwise than a good browser and authenticator do it. */
export interface Otherwise {
  readonly flags?: number;
  readonly counter?: number;
  readonly origin?: string;
  /** Of the page that asks; the key keeps its own. */
  readonly rpId?: string;
  /** The fields after `origin`, as JSON text from the comma on. */
  readonly rest?: string;
  readonly extensions?: Uint8Array;
  /** The whole client data. */
  readonly clientData?: string;
}

/** A passkey. `name` is whose line in `allowed_signers` it has. */
export class Passkey {
  readonly spki: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
  readonly credential: string;
  readonly #isSynced: boolean;

  constructor(
    readonly name: string,
    { rpId = PAGE.rpId, isSynced = false } = {}
  ) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.spki = pair.publicKey.export({ type: 'spki', format: 'der' });
    this.privateKey = pair.privateKey;
    this.publicKey = passkeyPublicKey(this.spki, rpId);
    this.credential = createHash('sha256').update(this.spki).digest('base64url').slice(0, 22);
    this.#isSynced = isSynced;
  }

  get line(): string {
    const authenticatorData = new Uint8Array(37);
    authenticatorData[32] = this.#flags();
    const { name, publicKey, credential } = this;
    return signersLine({ name, publicKey, validAfter: '2026-01-01', credential, authenticatorData });
  }

  /** What a browser's `response` holds after this passkey has signed `text`. */
  assert(text: string, otherwise: Otherwise = {}) {
    const hashed = new Uint8Array(createHash('sha512').update(text, 'utf8').digest());
    const { origin = PAGE.origin, rpId = rpIdIn(this.publicKey), counter = 0 } = otherwise;
    const challenge = Buffer.from(passkeyChallenge(hashed)).toString('base64url');
    const { rest = ',"crossOrigin":false' } = otherwise;
    const clientDataJSON = new Uint8Array(
      Buffer.from(
        otherwise.clientData ??
          `{"type":"webauthn.get","challenge":"${challenge}","origin":${JSON.stringify(origin)}${rest}}`
      )
    );
    const numbers = Buffer.alloc(5);
    numbers.writeUInt8(otherwise.flags ?? this.#flags());
    numbers.writeUInt32BE(counter, 1);
    const authenticatorData = new Uint8Array(
      Buffer.concat([sha256(rpId), numbers, otherwise.extensions ?? new Uint8Array()])
    );
    const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
    const signature = new Uint8Array(sign('sha256', signed, this.privateKey));
    return { hashed, origin, rpId: rpIdIn(this.publicKey), authenticatorData, clientDataJSON, signature };
  }

  /** The armored SSH signature over `text`. */
  sign(text: string, otherwise: Otherwise = {}): string {
    return passkeySignature({ publicKey: this.publicKey, ...this.assert(text, otherwise) });
  }

  #flags(): number {
    return this.#isSynced ? UP_AND_UV | FLAGS.backupEligible | FLAGS.backedUp : UP_AND_UV;
  }
}

/** A security key as `ssh-keygen -t ecdsa-sk` or `ed25519-sk` makes one, which signs in the way of SSH. */
export class SecurityKey {
  readonly publicKey: Uint8Array;
  readonly #privateKey: KeyObject;
  readonly #type: string;
  readonly #application: string;

  constructor(
    readonly name: string,
    {
      kind = 'ecdsa',
      application = 'ssh:',
      key
    }: { readonly kind?: 'ecdsa' | 'ed25519'; readonly application?: string; readonly key?: Passkey } = {}
  ) {
    const pair =
      kind === 'ecdsa' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
    const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
    this.#privateKey = key?.privateKey ?? pair.privateKey;
    this.#application = key ? rpIdIn(key.publicKey) : application;
    this.#type = kind === 'ecdsa' ? PASSKEY_TYPE : 'sk-ssh-ed25519@openssh.com';
    this.publicKey =
      key?.publicKey ??
      (kind === 'ecdsa'
        ? passkeyPublicKey(spki, application)
        : joinBytes(sshString(this.#type), sshString(spki.subarray(-32)), sshString(application)));
  }

  get line(): string {
    return `${this.name} ${this.#type} ${toBase64(this.publicKey)}`;
  }

  /** The armored SSH signature over `text`. */
  sign(text: string, { flags = 0x01, counter = 7, type = this.#type } = {}): string {
    const hashed = new Uint8Array(createHash('sha512').update(text, 'utf8').digest());
    const touched = joinBytes(Uint8Array.of(flags), sshNumber(counter));
    const signed = Buffer.concat([
      sha256(this.#application),
      touched,
      sha256(bytesToSign({ namespace: SIGNATURE_NAMESPACE, hash: 'sha512', hashed }))
    ]);
    const isEcdsa = this.#privateKey.asymmetricKeyType === 'ec';
    const raw = new Uint8Array(sign(isEcdsa ? 'sha256' : null, signed, this.#privateKey));
    const signature = joinBytes(sshString(type), sshString(isEcdsa ? integersOf(raw) : raw), touched);
    const { publicKey } = this;
    return armored({
      ...{ publicKey, namespace: SIGNATURE_NAMESPACE, reserved: new Uint8Array(), hash: 'sha512' },
      signature
    });
  }
}

function rpIdIn(publicKey: Uint8Array): string {
  const bytes = Buffer.from(publicKey);
  return bytes.subarray(bytes.lastIndexOf(0) + 2).toString();
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
