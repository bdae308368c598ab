// Does an approval count? The one answer for the step that is about to run, for a resume, and for whoever reads the journal.
import { standingOf } from '../../contract/holds/approval-rules.js';
import { formatCount } from '../../contract/base/format.js';
import { checkSignatures } from './checked-signatures.js';
import type { LineFault } from './fault.js';
import type { JudgedDecision, JudgedRecords } from './judged-records.js';
import type { SignatureChecks } from './signature-checks.js';
import { checkActs } from './signed-acts.js';

/** What was found about the decisions of a journal. */
export interface Objections {
  /** In the order of the lines. */
  readonly faults: readonly LineFault[];
  /** What a person should know although it is no fault, one sentence each. */
  readonly notes: readonly string[];
  /** Decisions that are signed or say so, and were verified. */
  readonly signatures: number;
}

/** Everything that speaks against what the journal says of its hold points. */
export async function objectionsIn(judged: JudgedRecords, checks: SignatureChecks): Promise<Objections> {
  const signatures = await checkSignatures(judged.decisions, checks);
  const acts = await checkActs(judged.acts, checks);
  const ofDecisions = [...judged.decisions.flatMap(({ faults }) => faults), ...signatures.faults];
  const unsound = new Set(ofDecisions.map(({ line }) => line));
  const uncarried = judged.isUnreadable ? [] : uncarriedReleases(judged.decisions, unsound);
  return {
    faults: [...judged.faults, ...ofDecisions, ...acts.faults, ...uncarried]
      .map(({ line, code, text }) => ({ line, code, text }))
      .sort((a, b) => a.line - b.line),
    notes: [...new Set([...judged.notes, ...signatures.notes, ...acts.notes])],
    signatures: signatures.count + acts.count
  };
}

/** What speaks against one approval; none when it counts. */
export async function objectionsTo(
  approval: string,
  judged: JudgedRecords,
  checks: SignatureChecks
): Promise<readonly LineFault[]> {
  const own = judged.decisions.filter(decision => decision.approval?.id === approval);
  const signatures = await checkSignatures(judged.decisions, checks, judgement => own.includes(judgement));
  return [
    ...judged.faults.filter(fault => fault.approval === approval),
    ...own.flatMap(({ faults }) => faults),
    ...signatures.faults
  ];
}

/** Releases that the decisions do not carry once those of `unsound` lines are left out. */
function uncarriedReleases(decisions: readonly JudgedDecision[], unsound: ReadonlySet<number>): LineFault[] {
  const byApproval = Map.groupBy(
    decisions.filter(({ approval }) => approval?.status === 'pending'),
    ({ approval }) => approval!.id
  );
  return [...byApproval.values()].flatMap(list => {
    const { line, approval } = list.at(-1)!;
    const standing = (counted: readonly JudgedDecision[]) =>
      standingOf({ request: approval!.request, decisions: counted.map(({ decision }) => decision) });
    const sound = standing(list.filter(decision => !unsound.has(decision.line)));
    const isRejected = list.some(({ decision }) => decision.decision === 'rejected');
    return isRejected || sound.isComplete || !standing(list).isComplete
      ? []
      : [
          {
            line,
            code: 'approval.not_carried',
            text: `releases “${approval!.name}”, which needs ${formatCount(sound.required, 'approval')}; ${sound.approvedBy.length} of ${list.length} count`
          }
        ];
  });
}
