// Verifies signatures with ssh-keygen against the allowed signers of an archive. A signature that was seen before is not verified again.
import { isLaunchbookError } from '../../contract/error.js';
import { keyOfSignature, verifyAgainst } from '../../runbook/signature/verify.js';
import type { TokenParts } from '../../runbook/signature/token.js';
import type { AllowedSigners } from './allowed-signers.js';

/** What became of one signature. */
export type SignatureVerdict =
  /** The allowed signers verify it. */
  | { readonly kind: 'good'; readonly key: string }
  /** They do not any more; those of an earlier commit do. */
  | { readonly kind: 'removed'; readonly key: string; readonly commit: string }
  /** Signed, with a key that they never had under this name, or had at another time. */
  | { readonly kind: 'unknown'; readonly key: string }
  /** Not a signature over this text. */
  | { readonly kind: 'forged' }
  /** It could not be checked; `reason` says why. */
  | { readonly kind: 'unchecked'; readonly reason: string };

/** Checks the signatures of one archive. */
export class SignatureChecks {
  readonly signers: AllowedSigners;
  readonly #verdicts = new Map<string, Promise<SignatureVerdict>>();

  constructor(signers: AllowedSigners) {
    this.signers = signers;
  }

  /** Never rejects. */
  verdictOn(token: TokenParts): Promise<SignatureVerdict> {
    const key = JSON.stringify([token.text, token.signature]);
    const known = this.#verdicts.get(key) ?? this.#check(token).catch(uncheckedBecause);
    this.#verdicts.set(key, known);
    return known;
  }

  async #check(token: TokenParts): Promise<SignatureVerdict> {
    const { content } = this.signers;
    const current = content === null ? null : await keyAllowedBy(token, content);
    if (current !== null) {
      return { kind: 'good', key: current };
    }
    const key = await keyOfSignature(token);
    if (key === null) {
      return { kind: 'forged' };
    }
    for (const { commit, content: earlier } of await this.signers.earlier()) {
      if ((await keyAllowedBy(token, earlier)) !== null) {
        return { kind: 'removed', key, commit };
      }
    }
    return content === null
      ? { kind: 'unchecked', reason: `there is no file ${this.signers.name}` }
      : { kind: 'unknown', key };
  }
}

/** The key, or null when these signers do not verify the token. */
async function keyAllowedBy(token: TokenParts, signers: Uint8Array): Promise<string | null> {
  try {
    return await verifyAgainst(token, signers);
  } catch (error) {
    if (isLaunchbookError(error) && error.code === 'signature.forged') {
      return null;
    }
    throw error;
  }
}

function uncheckedBecause(error: unknown): SignatureVerdict {
  return { kind: 'unchecked', reason: (error as Error).message };
}
