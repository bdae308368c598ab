// What a signature proves beside the text that it is over, and whether that is enough. ssh-keygen verifies text and key; it does not ask
// whether a person touched the device, whether the device knew them, or on which page they were. Everything that it leaves open is
// decided here, by one function, wherever a decision counts.
// Formats: PROTOCOL.u2f of OpenSSH; https://www.w3.org/TR/webauthn-3/#clientdatajson-verification
import type { SignatureFacts, DecidePages } from './decision-means.js';
import { PASSKEY_SIGNATURE_TYPE, PASSKEY_TYPE, rpIdOf } from './passkey.js';
import {
  authenticatorFacts,
  FLAGS,
  readSshSignature,
  typeOf,
  type AuthenticatorFacts
} from './ssh-signature.js';
import type { ProofFault } from './proof-fault.js';
import { meansOfLogin, type VouchedParts } from './vouched.js';

/**
 * Null when nothing speaks against the signature beside its key and its text, which ssh-keygen verifies.
 *
 * @param armored - The signature as it stands in a token.
 * @param pages - On which pages passkeys sign, as the policy says. Absent: on none.
 * @example
 * faultOfProof(signature, { rpId: 'launchbook.example.com', origins: ['https://launchbook.example.com'] })
 * // { code: 'signature.not_verified', text: 'was made without the device having verified a person (PIN, finger or face)' }
 */
export function faultOfProof(armored: string, pages: DecidePages | undefined): ProofFault | null {
  try {
    const signature = readSshSignature(armored);
    const facts = authenticatorFacts(signature);
    return facts === null ? null : faultOfFacts(facts, signature, pages);
  } catch {
    return fault('signature.other_form', 'is not written as ssh-keygen or a passkey writes it');
  }
}

/**
 * What the record says of a signature beside its key.
 *
 * @param statement - What was signed. @default something that a person signs
 * @throws code `signature.unreadable`
 */
export function factsOfSignature(armored: string, statement: VouchedParts = {}): SignatureFacts {
  const facts = authenticatorFacts(readSshSignature(armored));
  const means = meansOfLogin(statement);
  if (means !== undefined) {
    return { means };
  }
  return facts?.webauthn
    ? {
        means: 'passkey',
        origin: facts.webauthn.origin,
        synced: (facts.flags & FLAGS.backupEligible) !== 0
      }
    : { means: 'key' };
}

/** How often the authenticator says that it has signed; 0 when it does not count, or is none. */
export function counterOf(armored: string): number {
  return authenticatorFacts(readSshSignature(armored))?.counter ?? 0;
}

function faultOfFacts(
  { flags, webauthn }: AuthenticatorFacts,
  { publicKey, signature }: { readonly publicKey: Uint8Array; readonly signature: Uint8Array },
  pages: DecidePages | undefined
): ProofFault | null {
  const application = rpIdOf(publicKey);
  if ((flags & FLAGS.userPresent) === 0) {
    return fault('signature.not_present', 'was made without anybody touching the security key');
  }
  if (webauthn === null) {
    // The key of a passkey can be made to sign in the way of SSH, by a program that leaves out what a browser asks.
    return application.startsWith('ssh:')
      ? null
      : fault(
          'signature.other_form',
          `is not of a web page, and the key is one for the pages of ${application}`
        );
  }
  if (typeOf(signature) !== PASSKEY_SIGNATURE_TYPE || typeOf(publicKey) !== PASSKEY_TYPE) {
    return fault(
      'signature.other_form',
      `is of the type ${typeOf(signature)}, which is not one of a passkey`
    );
  }
  return faultOfFlags(flags, webauthn.extensions) ?? faultOfPage(webauthn, application, pages);
}

function faultOfFlags(flags: number, extensions: Uint8Array): ProofFault | null {
  if ((flags & FLAGS.userVerified) === 0) {
    return fault(
      'signature.not_verified',
      'was made without the device having verified a person (PIN, finger or face)'
    );
  }
  if ((flags & FLAGS.backedUp) !== 0 && (flags & FLAGS.backupEligible) === 0) {
    return fault('signature.bad_flags', 'says that a key is backed up which cannot be');
  }
  return (flags & (FLAGS.attestedData | FLAGS.extensions)) !== 0 || extensions.length > 0
    ? fault('signature.bad_flags', 'holds more than the page asks a device for')
    : null;
}

function faultOfPage(
  { origin, clientData }: NonNullable<AuthenticatorFacts['webauthn']>,
  rpId: string,
  pages: DecidePages | undefined
): ProofFault | null {
  if (!pages || pages.origins.length === 0) {
    return fault(
      'signature.other_origin',
      `was made on ${origin}, and the policy names no page that decides`
    );
  }
  if (rpId !== pages.rpId) {
    return fault('signature.other_origin', `is of a key for ${rpId}, and the policy names ${pages.rpId}`);
  }
  if (!pages.origins.includes(origin)) {
    return fault(
      'signature.other_origin',
      `was made on ${origin}, and the policy names ${pages.origins.join(', ')}`
    );
  }
  return isOwnPage(textOf(clientData), origin)
    ? null
    : fault(
        'signature.framed',
        'was made on a page inside of another page, or by something that is no browser'
      );
}

/** The fields that come first, in the order that is promised for ever. Safari leaves `crossOrigin` out where it is false. */
const FIRST_FIELDS =
  /^\{"type":"webauthn\.get","challenge":"[\w-]+","origin":"[^"\\]+"(?:,"crossOrigin":false)?(?=[,}])/;
const KNOWN_FIELD = /"(?:type|challenge|origin|crossOrigin|topOrigin)"/;

/** True when the page stood by itself. ssh-keygen has compared everything up to the origin. */
function isOwnPage(clientData: string, origin: string): boolean {
  const [first] = FIRST_FIELDS.exec(clientData) ?? [];
  if (first === undefined || KNOWN_FIELD.test(clientData.slice(first.length))) {
    return false;
  }
  const data = JSON.parse(clientData) as { readonly [field: string]: unknown };
  return data['origin'] === origin && !data['crossOrigin'] && !Object.hasOwn(data, 'topOrigin');
}

/** Enough of UTF-8 to find fields whose names are ASCII. */
function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
}

function fault(code: string, text: string): ProofFault {
  return { code, text };
}
