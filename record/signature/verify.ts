// Verifies a signature against the repository's allowed_signers, at the time that was signed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchbookError } from '../../contract/base/error.js';
import { factsOfSignature } from '../../contract/signature/decision-proof.js';
import { passkeysIn, SIGNATURE_NAMESPACE } from '../../contract/signature/passkey.js';
import { toBase64 } from '../../contract/signature/ssh-bytes.js';
import { readSshSignature } from '../../contract/signature/ssh-signature.js';
import { isOfVoucher, VOUCHER_NAMESPACE } from '../../contract/signature/vouched.js';
import { readFileIfPresent } from '../files/read-file.js';
import { runSshKeygen, type KeygenAnswer } from './run-ssh-keygen.js';
import type { SignedText } from './token.js';

/**
 * The content of the allowed_signers file at `signersPath`.
 *
 * @param signersPath - Null when the project has none.
 * @throws code `signature.no_signers` when there is no such file.
 */
export function readSigners(signersPath: string | null): Buffer {
  const signers = signersPath === null ? null : readFileIfPresent(signersPath, 'signers');
  if (signersPath === null || signers === null) {
    throw new LaunchbookError(
      `There is no file of allowed signers${signersPath ? ` at ${signersPath}` : ''}.`,
      {
        code: 'signature.no_signers',
        hint: 'Commit one beside launchbook.yml: each line a name and a public key, as ssh-keygen(1) describes under ALLOWED SIGNERS.'
      }
    );
  }
  return signers;
}

/**
 * The fingerprint of the key with which `token` was signed by whom it names.
 *
 * @param signers - The content of an allowed_signers file.
 * @throws code `signature.forged` when the signature does not fit, `signature.no_program` when ssh-keygen could not be started.
 */
export async function verifyAgainst(token: SignedText, signers: Uint8Array): Promise<string> {
  const { by, at, voucher } = token.statement;
  const who = voucher ?? by;
  const counted = voucher === undefined ? signers : vouchersIn(signers);
  // The copy is what is verified against: the file may change meanwhile.
  const answer = await askAbout(token, counted, (signature, allowed) => [
    '-Y',
    'verify',
    '-f',
    allowed,
    '-I',
    who,
    '-n',
    namespaceOf(token),
    '-s',
    signature,
    `-Overify-time=${timeOf(at)}`
  ]);
  const key = keyIn(answer);
  if (key === null) {
    throw new LaunchbookError(
      `The signature is not one of ${who} that the allowed signers verify: ${(answer.stderr || answer.stdout).trim() || 'no message'}`,
      { code: 'signature.forged' }
    );
  }
  refuseOtherKind(token, signers);
  return key;
}

/** Whether a passkey may be copied never changes: another word than at its enrolment is a forgery, or the device is faulty. */
function refuseOtherKind({ signature, statement }: SignedText, signers: Uint8Array): void {
  const { synced } = factsOfSignature(signature, statement);
  const key = toBase64(readSshSignature(signature).publicKey);
  const listed = passkeysIn(Buffer.from(signers).toString('utf8')).find(
    ({ publicKey }) => toBase64(publicKey) === key
  );
  if (synced !== undefined && listed !== undefined && listed.isSynced !== synced) {
    const words = (isSynced: boolean): string => (isSynced ? 'synced' : 'device-bound');
    throw new LaunchbookError(
      `The signature is of a passkey of ${statement.by} that is ${words(listed.isSynced)} in its line, and says of itself that it is ${words(synced)}.`,
      { code: 'signature.forged' }
    );
  }
}

/**
 * The fingerprint of the key that signed the text of `token`, whoever has it; null when the signature is over another text or is none.
 * It tells a key that nobody allows from a forgery.
 *
 * @throws code `signature.no_program` when ssh-keygen could not be started.
 */
export async function keyOfSignature(token: SignedText): Promise<string | null> {
  const args = (signature: string): string[] => [
    '-Y',
    'check-novalidate',
    '-n',
    namespaceOf(token),
    '-s',
    signature
  ];
  return keyIn(await askAbout(token, '', args));
}

function namespaceOf({ statement }: SignedText): string {
  return statement.voucher === undefined ? SIGNATURE_NAMESPACE : VOUCHER_NAMESPACE;
}

/** The lines for vouchers alone: one without the option `namespaces` lets a person's key sign for everything. */
function vouchersIn(signers: Uint8Array): Uint8Array {
  const lines = Buffer.from(signers).toString('utf8').split('\n');
  return Buffer.from(lines.filter(isOfVoucher).join('\n') + '\n');
}

async function askAbout(
  token: SignedText,
  signers: Uint8Array | string,
  args: (signature: string, allowed: string) => readonly string[]
): Promise<KeygenAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'launchbook-signature-'));
  try {
    const [signature, allowed] = [join(folder, 'signature'), join(folder, 'signers')];
    await Promise.all([writeFile(signature, token.signature), writeFile(allowed, signers)]);
    const answer = await runSshKeygen(args(signature, allowed), token.text);
    if (answer.code === null) {
      throw new LaunchbookError(
        `The signature cannot be checked: ssh-keygen could not be started: ${answer.stderr}`,
        {
          code: 'signature.no_program',
          hint: 'Install OpenSSH 8.7 or newer and put ssh-keygen on the PATH.'
        }
      );
    }
    return answer;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function keyIn({ code, stdout }: KeygenAnswer): string | null {
  return code === 0 ? (/\bkey (SHA256:\S+)/.exec(stdout)?.[1] ?? null) : null;
}

/** `20261124172533Z`: how ssh-keygen wants a time in UTC. */
function timeOf(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
