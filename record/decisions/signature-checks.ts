// Verifies signatures with ssh-keygen against the allowed signers. A signature that was seen before is not verified again.
import { isLaunchbookError } from '../../contract/base/error.js';
import type { DecidePages } from '../../contract/signature/decision-means.js';
import { sha256 } from '../hash.js';
import { keyOfSignature, verifyAgainst } from '../signature/verify.js';
import type { SignedText } from '../signature/token.js';

/** A version of the file of allowed signers that was committed. */
export interface CommittedSigners {
  readonly commit: string;
  /** When it was committed, ISO 8601 UTC. Absent: it is not known. */
  readonly at?: string;
  readonly content: Buffer;
}

/** What signatures are checked against. */
export interface AllowedSigners {
  /** Path of the file, for reading. */
  readonly name: string;
  /** Null when there is no such file. */
  readonly content: Buffer | null;
  /** The different versions that were committed up to here, newest first; none outside of git. */
  earlier(): Promise<readonly CommittedSigners[]>;
  /** The versions on the branch that whoever checks has checked out; null outside of git. Absent: nobody else's file is looked at. */
  ours?(): Promise<readonly CommittedSigners[] | null>;
  /** On which pages passkeys sign in an environment, in every version of launchbook.yml up to here. Absent or null: nobody knows here. */
  pages?(environment: string | null): Promise<readonly DecidePages[] | null>;
}

/** The result for one signature. */
export type SignatureVerdict =
  /** The allowed signers verify it. `isOurs`: so do those that whoever checks has checked out. */
  | { readonly kind: 'good'; readonly key: string; readonly isOurs: boolean }
  /** They do not any more; those of an earlier commit do. */
  | { readonly kind: 'removed'; readonly key: string; readonly commit: string; readonly isOurs: boolean }
  /** Signed, with a key that they never had under this name, or had at another time. */
  | { readonly kind: 'unknown'; readonly key: string }
  /** Not a signature over this text. */
  | { readonly kind: 'forged' }
  /** It could not be checked; `reason` says why. */
  | { readonly kind: 'unchecked'; readonly reason: string };

/** Checks signatures against the allowed signers that `signers` gives, which may change. */
export class SignatureChecks {
  readonly #signers: () => AllowedSigners;
  readonly #verdicts = new Map<string, Promise<SignatureVerdict>>();

  constructor(signers: AllowedSigners | (() => AllowedSigners)) {
    this.#signers = typeof signers === 'function' ? signers : () => signers;
  }

  get signers(): AllowedSigners {
    return this.#signers();
  }

  /** Never rejects. */
  async verdictOn(token: SignedText): Promise<SignatureVerdict> {
    try {
      const signers = this.#signers();
      const version = signers.content === null ? '' : sha256(signers.content);
      const key = JSON.stringify([token.text, token.signature, version]);
      const known = this.#verdicts.get(key) ?? check(token, signers).catch(uncheckedBecause);
      this.#verdicts.set(key, known);
      const verdict = await known;
      if (verdict.kind === 'unchecked') {
        this.#verdicts.delete(key);
      }
      return verdict;
    } catch (error) {
      return uncheckedBecause(error);
    }
  }
}

async function check(token: SignedText, signers: AllowedSigners): Promise<SignatureVerdict> {
  const { content } = signers;
  const current = content === null ? null : await keyAllowedBy(token, content);
  if (current !== null) {
    return { kind: 'good', key: current, isOurs: await isOurs(token, signers) };
  }
  const key = await keyOfSignature(token);
  if (key === null) {
    return { kind: 'forged' };
  }
  for (const { commit, content: earlier } of await signers.earlier()) {
    if ((await keyAllowedBy(token, earlier)) !== null) {
      return { kind: 'removed', key, commit, isOurs: await isOurs(token, signers) };
    }
  }
  return content === null
    ? { kind: 'unchecked', reason: `there is no file ${signers.name}` }
    : { kind: 'unknown', key };
}

/** A tag can bring its own file of allowed signers. */
async function isOurs(token: SignedText, { ours }: AllowedSigners): Promise<boolean> {
  const versions = (await ours?.()) ?? null;
  for (const { content } of versions ?? []) {
    if ((await keyAllowedBy(token, content)) !== null) {
      return true;
    }
  }
  return versions === null;
}

/** The key, or null when these signers do not verify the token. */
async function keyAllowedBy(token: SignedText, signers: Uint8Array): Promise<string | null> {
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
