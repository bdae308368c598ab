// Whether the signers of a run verify a posted token now: a key that is not in the file any more does not count in a run.
import { basename } from 'node:path';
import type { Fault } from '../../record/decisions/fault.js';
import { SignatureChecks, type AllowedSigners } from '../../record/decisions/signature-checks.js';
import type { SignedText } from '../../record/signature/token.js';

/** Null and the fingerprint of the key when they do. */
export async function faultOfVerdictHere(
  parts: SignedText,
  signers: AllowedSigners
): Promise<{ readonly fault: Fault | null; readonly key: string }> {
  const verdict = await new SignatureChecks(signers).verdictOn(parts);
  const fault = (code: string, text: string) => ({ fault: { code, text }, key: '' });
  switch (verdict.kind) {
    case 'good':
      return { fault: null, key: verdict.key };
    case 'unchecked':
      return fault('signature.unchecked', `the signature could not be checked: ${verdict.reason}`);
    case 'forged':
      return fault('signature.forged', 'the signature is not over what the token says');
    default:
      return fault(
        'signature.unknown_key',
        `the signature is not one that ${basename(signers.name)} verifies for ${parts.statement.by}`
      );
  }
}
