// Do the recorded decisions carry what the journal says about its hold points? Who decided, by which rules, and with which signature.
import { uncarriedReleases, type JudgedJournal } from './judged-decisions.js';
import type { SignatureChecks } from './signature-checks.js';
import { checkSignatures } from './signature-findings.js';
import type { Finding } from './verification.js';

/** What was found about the decisions of a journal. */
export interface DecisionFindings {
  /** In the order of the lines. */
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  /** Signed decisions that were verified. */
  readonly signatures: number;
}

/** Holds what was judged in the journal `file` together with its signatures. */
export async function decisionFindings(
  file: string,
  { decisions, faults }: JudgedJournal,
  checks: SignatureChecks
): Promise<DecisionFindings> {
  const signatures = await checkSignatures(decisions, checks);
  const ofDecisions = [...decisions.flatMap(decision => decision.faults), ...signatures.faults];
  const unsound = new Set(ofDecisions.map(({ line }) => line));
  const all = [...faults, ...ofDecisions, ...uncarriedReleases(decisions, unsound)];
  return {
    findings: all.sort((a, b) => a.line - b.line).map(({ line, code, text }) => ({ file, line, code, text })),
    notes: signatures.notes,
    signatures: signatures.count
  };
}
