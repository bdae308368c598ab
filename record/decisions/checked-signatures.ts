// Is every decision that says so signed? Each signature is verified again, bound to run, hold point, content, decision and time as when
// it was taken.
import { rulesOf } from '../../contract/holds/approval-rules.js';
import { gradeOf } from '../../contract/signature/vouched.js';
import { readToken, type TokenParts } from '../signature/token.js';
import { faultOfDriversKey } from './driver-key.js';
import type { Fault, LineFault } from './fault.js';
import { faultOfStatement } from './fault-of-statement.js';
import type { JudgedDecision } from './judged-records.js';
import type { SignatureChecks, SignatureVerdict } from './signature-checks.js';
import {
  faultOfMeans,
  faultOfPages,
  faultOfTime,
  faultOfVerdict,
  noteOn,
  readable,
  type Answer,
  type CheckedSignatures
} from './signature-faults.js';

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
    faultOfTime(judged, statement.at) ??
    faultOfGrade(statement, decision) ??
    faultOfMeans(parts, decision.signature!, approval && rulesOf(approval.request).decide)
  );
}

/** What a voucher has sealed is not signed by the person. */
function faultOfGrade(statement: TokenParts['statement'], { by }: JudgedDecision['decision']): Fault | null {
  return by.grade === gradeOf(statement)
    ? null
    : {
        code: 'signature.other_means',
        text: `the record says that ${by.username} is ${by.grade}, and the signature makes them ${gradeOf(statement)}`
      };
}

async function verify(judged: JudgedDecision, about: string, checks: SignatureChecks): Promise<Answer> {
  const { decision } = judged;
  const parts = partsOf(judged)!;
  const verdict = await checks.verdictOn(parts);
  const { username } = decision.by;
  const { key, origin } = decision.signature ?? {};
  const fault =
    faultOfVerdict(verdict, { username, key }, checks.signers.name) ??
    (await faultOfPages(
      { origin, environment: judged.environment, statement: parts.statement },
      checks.signers
    )) ??
    (await faultOfKey(verdict, judged, checks));
  if (fault !== null) {
    return { fault: faultAt(judged, about, fault), note: null };
  }
  return { fault: null, note: noteOn(verdict, decision.by.username, checks.signers.name) };
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

function partsOf({ decision }: JudgedDecision): TokenParts | null {
  try {
    return readToken(decision.signature?.token ?? '');
  } catch {
    return null;
  }
}
