// Is every decision that says so signed? Each signature is verified again, bound to run, hold point, content, decision and time as when
// it was taken.
import { formatUtc } from '../../contract/base/format.js';
import { isSameJson } from '../../contract/base/stable-text.js';
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalRequest, DecisionSignature } from '../../contract/holds/hold.js';
import { factsOfSignature, faultOfProof } from '../../contract/signature/decision-proof.js';
import { CLOCK_SKEW_MS } from '../signature/clock-skew.js';
import { readToken, type TokenParts } from '../signature/token.js';
import { faultOfDriversKey } from './driver-key.js';
import type { Fault, LineFault } from './fault.js';
import { faultOfStatement } from './fault-of-statement.js';
import type { JudgedDecision } from './judged-records.js';
import type { AllowedSigners, SignatureChecks, SignatureVerdict } from './signature-checks.js';

/** What the signatures of a journal say. */
export interface CheckedSignatures {
  readonly faults: readonly LineFault[];
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
  /** How many decisions are signed or say so. */
  readonly count: number;
}

/**
 * Checks them side by side; the answer is in the order of the lines.
 *
 * @param isWanted - Which ones; the others are looked at because a signature counts once in a run. Absent: all.
 */
export async function checkSignatures(
  decisions: readonly JudgedDecision[],
  checks: SignatureChecks,
  isWanted: (judged: JudgedDecision) => boolean = () => true
): Promise<CheckedSignatures> {
  const signed = decisions.filter(
    ({ decision }) => decision.by.grade === 'signed' || decision.signature !== undefined
  );
  const used = new Set<string>();
  const answers = signed.map((judged): Promise<Answer> => {
    const fault = readable(() => faultOfSigned(judged, used));
    if (!isWanted(judged)) {
      return Promise.resolve({ fault: null, note: null });
    }
    const about = `records a signed decision of ${judged.decision.by.username} on “${judged.approval?.name ?? '?'}”`;
    return fault === null
      ? verify(judged, about, checks)
      : Promise.resolve({ fault: faultAt(judged, about, fault), note: null });
  });
  const checked = await Promise.all(answers);
  return {
    faults: checked.flatMap(({ fault }) => fault ?? []),
    notes: [...new Set(checked.flatMap(({ note }) => note ?? []))],
    count: signed.length
  };
}

/** A record that somebody has edited may have another shape than ours. */
function readable(look: () => Fault | null): Fault | null {
  try {
    return look();
  } catch {
    return { code: 'signature.unreadable', text: 'what it is about cannot be read' };
  }
}

interface Answer {
  readonly fault: LineFault | null;
  readonly note: string | null;
}

function faultAt({ line }: JudgedDecision, about: string, { code, text }: Fault): LineFault {
  return { line, code, text: `${about}, but ${text}` };
}

/**
 * Why a signed decision does not count, as far as it can be told without its key; null when nothing speaks against it.
 *
 * @param used - Ids of the statements that have counted; that of this one is added.
 */
export function faultOfSigned(judged: JudgedDecision, used: Set<string>): Fault | null {
  const { decision, approval, ids, run } = judged;
  const parts = partsOf(judged);
  if (parts === null) {
    return decision.signature === undefined
      ? { code: 'signature.missing', text: 'its signature is missing' }
      : { code: 'signature.unreadable', text: 'its signature cannot be read' };
  }
  const { statement } = parts;
  if (approval) {
    const other = faultOfStatement(statement, { run, approval, ids, decision });
    if (other) {
      return { code: other.code, text: `the signature ${other.text}` };
    }
  }
  if (used.has(statement.id)) {
    return { code: 'signature.used', text: 'its signature had been counted before' };
  }
  used.add(statement.id);
  return (
    faultOfTime(judged, statement.at) ?? faultOfMeans(parts.signature, decision.signature!, approval?.request)
  );
}

/** What ssh-keygen leaves open, and whether the record says of the signature what the signature says of itself. */
function faultOfMeans(
  armored: string,
  recorded: DecisionSignature,
  request: ApprovalRequest | undefined
): Fault | null {
  const fault = faultOfProof(armored, request && rulesOf(request).decide);
  if (fault !== null) {
    return { code: fault.code, text: `the signature ${fault.text}` };
  }
  const { means = 'key', origin, synced } = recorded;
  return isSameJson(factsOfSignature(armored), { means, origin, synced })
    ? null
    : {
        code: 'signature.other_means',
        text: 'the record says of the signature another thing than the signature itself: with what, where or with which kind of key'
      };
}

function faultOfTime({ askedAt, recordedAt }: JudgedDecision, signedAt: string): Fault | null {
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

async function verify(judged: JudgedDecision, about: string, checks: SignatureChecks): Promise<Answer> {
  const { decision } = judged;
  const verdict = await checks.verdictOn(partsOf(judged)!);
  const fault =
    faultOfVerdict(verdict, judged, checks.signers.name) ??
    (await faultOfPages(judged, checks.signers)) ??
    (await faultOfKey(verdict, judged, checks));
  if (fault !== null) {
    return { fault: faultAt(judged, about, fault), note: null };
  }
  return { fault: null, note: noteOn(verdict, decision.by.username, checks.signers.name) };
}

/** The journal says by which policy a passkey counted; whether a file has ever said so is asked of the commits. */
async function faultOfPages(
  { decision: { signature }, environment }: JudgedDecision,
  { pages }: AllowedSigners
): Promise<Fault | null> {
  const origin = signature?.origin;
  const known = origin === undefined ? null : ((await pages?.(environment)) ?? null);
  return known === null || known.some(({ origins }) => origins.includes(origin!))
    ? null
    : {
        code: 'signature.other_origin',
        text: `the signature was made on ${origin}, which no version of launchbook.yml names as a page that decides${environment === null ? '' : ` in ${environment}`}`
      };
}

async function faultOfKey(
  verdict: SignatureVerdict,
  { approval, driver }: JudgedDecision,
  { signers }: SignatureChecks
): Promise<Fault | null> {
  if (verdict.kind === 'good') {
    return faultOfDriversKey(approval, driver, verdict.key, signers.content);
  }
  if (verdict.kind !== 'removed') {
    return null;
  }
  const version = (await signers.earlier()).find(({ commit }) => commit === verdict.commit);
  return faultOfDriversKey(approval, driver, verdict.key, version?.content ?? null);
}

function noteOn(verdict: SignatureVerdict, username: string, signers: string): string | null {
  if ((verdict.kind === 'good' || verdict.kind === 'removed') && !verdict.isOurs) {
    return `The key ${verdict.key} of ${username} is in ${signers}, and in no version of it that is committed on the branch that is checked out here: ask ${username} whether it is theirs.`;
  }
  return verdict.kind === 'removed'
    ? `The key ${verdict.key} of ${username} is not in ${signers} any more; it was at commit ${verdict.commit.slice(0, 12)}, which verifies the signature.`
    : null;
}

function faultOfVerdict(
  verdict: SignatureVerdict,
  { decision }: JudgedDecision,
  signers: string
): Fault | null {
  const { username } = decision.by;
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
      return decision.signature?.key === verdict.key
        ? null
        : {
            code: 'signature.other_key',
            text: `the key that signed it is ${verdict.key}, recorded is ${decision.signature?.key || 'none'}`
          };
  }
}

function partsOf({ decision }: JudgedDecision): TokenParts | null {
  try {
    return readToken(decision.signature?.token ?? '');
  } catch {
    return null;
  }
}
