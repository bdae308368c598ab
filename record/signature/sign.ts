// Signs a text with a person's SSH key, on the person's own machine.
import { LaunchbookError } from '../../contract/base/error.js';
import { SIGNATURE_NAMESPACE } from '../../contract/signature/passkey.js';
import { runSshKeygen } from './run-ssh-keygen.js';

/**
 * The armored signature of `text`.
 *
 * @param key - Path of the private key, or of the public one when an agent holds the private one.
 * @param namespace - What it is made for. @default 'launchbook': decisions
 * @throws code `signature.not_signed` with what ssh-keygen said.
 */
export async function signText(
  text: string,
  key: string,
  namespace: string = SIGNATURE_NAMESPACE
): Promise<string> {
  const answer = await runSshKeygen(['-Y', 'sign', '-n', namespace, '-f', key, '-'], text, true);
  if (answer.code !== 0 || !answer.stdout.includes('BEGIN SSH SIGNATURE')) {
    throw new LaunchbookError(`Signing with the key ${key} failed: ${answer.stderr.trim() || 'no message'}`, {
      code: 'signature.not_signed',
      hint: 'Name your key with --key. A key in an agent is named by its public file.'
    });
  }
  return answer.stdout;
}
