// Why a signature does not count: what ssh-keygen says of it, what it says of itself, and when it was made. The same for decisions, ticks and
// reports on tasks.
import { formatUtc } from '../../contract/base/format.js';
import { isSameJson } from '../../contract/base/stable-text.js';
import type { DecisionSignature } from '../../contract/holds/hold.js';
import type { DecidePages } from '../../contract/signature/decision-means.js';
import { factsOfSignature, faultOfProof } from '../../contract/signature/decision-proof.js';
import { faultOfVouched } from '../../contract/signature/vouched.js';
import { CLOCK_SKEW_MS } from '../signature/clock-skew.js';
import type { SignedText } from '../signature/token.js';
import type { Fault, LineFault } from './fault.js';
import type { AllowedSigners, SignatureVerdict } from './signature-checks.js';

/** What the signatures of a journal say. */
export interface CheckedSignatures {
  readonly faults: readonly LineFault[];
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
  /** How many decisions are signed or say so. */
  readonly count: number;
}

/** What came of one signature. */
export interface Answer {
  readonly fault: LineFault | null;
  readonly note: string | null;
}

/** A record that somebody has edited may have another shape than ours. */
export function readable(look: () => Fault | null): Fault | null {
  try {
    return look();
  } catch {
    return { code: 'signature.unreadable', text: 'what it is about cannot be read' };
  }
}

/** What ssh-keygen leaves open, and whether the record says of the signature what the signature says of itself. */
export function faultOfMeans(
  { signature: armored, statement }: Pick<SignedText, 'signature' | 'statement'>,
  recorded: DecisionSignature,
  pages: DecidePages | undefined
): Fault | null {
  const fault = faultOfProof(armored, pages) ?? faultOfVouched(statement, pages);
  if (fault !== null) {
    return { code: fault.code, text: `the signature ${fault.text}` };
  }
  const { means = 'key', origin, synced } = recorded;
  return isSameJson(factsOfSignature(armored, statement), { means, origin, synced })
    ? null
    : {
        code: 'signature.other_means',
        text: 'the record says of the signature another thing than the signature itself: with what, where or with which kind of key'
      };
}

/** Whether it was signed between the question and the record, as far as clocks agree. */
export function faultOfTime(
  { askedAt, recordedAt }: { readonly askedAt: string; readonly recordedAt: string },
  signedAt: string
): Fault | null {
  const atMs = Date.parse(signedAt);
  const isInTime =
    atMs >= Date.parse(askedAt) - CLOCK_SKEW_MS && atMs <= Date.parse(recordedAt) + CLOCK_SKEW_MS;
  return isInTime
    ? null
    : {
        code: 'signature.other_time',
        text: `the signature is of ${formatUtc(signedAt)}; it was asked at ${formatUtc(askedAt)} and recorded at ${formatUtc(recordedAt)}`
      };
}

/** The journal says by which policy a passkey counted; whether a file has ever said so is asked of the commits. */
export async function faultOfPages(
  {
    origin,
    environment,
    statement
  }: {
    readonly origin: string | undefined;
    readonly environment: string | null;
    readonly statement?: SignedText['statement'];
  },
  { pages }: AllowedSigners
): Promise<Fault | null> {
  const isVouched = statement?.voucher !== undefined;
  const known = origin === undefined && !isVouched ? null : ((await pages?.(environment)) ?? null);
  if (isVouched) {
    const fault = faultOfVouched(statement, known?.[0]);
    return fault === null || known === null || known.some(each => faultOfVouched(statement, each) === null)
      ? null
      : { code: fault.code, text: `the signature ${fault.text}; no version of launchbook.yml does` };
  }
  return known === null || known.some(({ origins }) => origins.includes(origin!))
    ? null
    : {
        code: 'signature.other_origin',
        text: `the signature was made on ${origin}, which no version of launchbook.yml names as a page that decides${environment === null ? '' : ` in ${environment}`}`
      };
}

/** What a person should know about a signature that verifies; null: nothing. */
export function noteOn(verdict: SignatureVerdict, username: string, signers: string): string | null {
  if ((verdict.kind === 'good' || verdict.kind === 'removed') && !verdict.isOurs) {
    return `The key ${verdict.key} of ${username} is in ${signers}, and in no version of it that is committed on the branch that is checked out here: ask ${username} whether it is theirs.`;
  }
  return verdict.kind === 'removed'
    ? `The key ${verdict.key} of ${username} is not in ${signers} any more; it was at commit ${verdict.commit.slice(0, 12)}, which verifies the signature.`
    : null;
}

/** Why a signature does not count by what ssh-keygen says; null when the key that is recorded has signed. */
export function faultOfVerdict(
  verdict: SignatureVerdict,
  { username, key }: { readonly username: string; readonly key: string | undefined },
  signers: string
): Fault | null {
  switch (verdict.kind) {
    case 'forged':
      return { code: 'signature.forged', text: 'the signature is forged: it is not over what was decided' };
    case 'unknown':
      return {
        code: 'signature.unknown_key',
        text: `the key ${verdict.key} that signed it is not one that ${signers} has, or had in an earlier commit, for ${username} at that time`
      };
    case 'unchecked':
      return { code: 'signature.unchecked', text: `the signature could not be checked: ${verdict.reason}` };
    default:
      return key === verdict.key
        ? null
        : {
            code: 'signature.other_key',
            text: `the key that signed it is ${verdict.key}, recorded is ${key || 'none'}`
          };
  }
}
