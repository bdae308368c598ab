// Verifies a signature against the repository's allowed_signers, at the time that was signed.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchbookError } from '../../contract/error.js';
import { sha256 } from '../hash.js';
import { runSshKeygen } from './run-ssh-keygen.js';
import { SIGNATURE_NAMESPACE, type TokenParts } from './token.js';

/** What a good signature tells. */
export interface VerifiedSigner {
  /** Fingerprint of the key, for example `SHA256:…`. */
  readonly key: string;
  /** SHA-256 (hex) of the allowed_signers file. */
  readonly signers: string;
}

/**
 * Returns when `token` was signed by whom it names.
 *
 * @param signersPath - The allowed_signers file, or null when the project has none.
 * @throws code `signature.no_signers` when there is no such file, `signature.forged` when the signature does not fit.
 */
export async function verifyToken(token: TokenParts, signersPath: string | null): Promise<VerifiedSigner> {
  const signers = signersPath === null ? null : await readFile(signersPath).catch(() => null);
  if (signersPath === null || signers === null) {
    throw new LaunchbookError(
      `There is no file of allowed signers${signersPath ? ` at ${signersPath}` : ''}.`,
      {
        code: 'signature.no_signers',
        hint: 'Commit one beside launchbook.yml: each line a name and a public key, as ssh-keygen(1) describes under ALLOWED SIGNERS.'
      }
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'launchbook-signature-'));
  try {
    const [signature, allowed] = [join(folder, 'signature'), join(folder, 'signers')];
    // The copy is what is verified against and what is recorded: the file may change meanwhile.
    await Promise.all([writeFile(signature, token.signature), writeFile(allowed, signers)]);
    const { by, at } = token.statement;
    const answer = await runSshKeygen(
      [
        '-Y',
        'verify',
        '-f',
        allowed,
        '-I',
        by,
        '-n',
        SIGNATURE_NAMESPACE,
        '-s',
        signature,
        `-Overify-time=${timeOf(at)}`
      ],
      token.text
    );
    const key = /\bkey (SHA256:\S+)/.exec(answer.stdout)?.[1];
    if (answer.code !== 0 || key === undefined) {
      throw new LaunchbookError(
        `The signature is not one of ${by} that the allowed signers verify: ${(answer.stderr || answer.stdout).trim() || 'no message'}`,
        { code: 'signature.forged' }
      );
    }
    return { key, signers: sha256(signers) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `20261124172533Z`: how ssh-keygen wants a time in UTC. */
function timeOf(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
