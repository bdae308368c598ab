// Judges the decisions of a journal again, each in the state that the run had when it was recorded: by the rules of its request, as the
// kernel did. A journal whose chain was written anew can say that a hold point was released; its records have to carry it.
import {
  faultsOfValues,
  ineligibilityOf,
  isNamed,
  rulesOf,
  standingOf
} from '../../contract/approval-rules.js';
import { formatCount } from '../../contract/format.js';
import type { ApprovalDecision, ApprovalState } from '../../contract/hold.js';
import type { JournalRecord } from '../../contract/journal.js';
import { lockOf } from '../../contract/phase-status.js';
import { applyRecord } from '../../contract/reduce.js';
import { driverOf, emptyRunState, type RunState } from '../../contract/state.js';
import { isShownAsBound } from '../../runbook/hold/content-hash.js';
import { holdsMask } from '../../runbook/masking/masker.js';

/** A line of the journal that does not hold. */
export interface LineFault {
  /** 1-based. */
  readonly line: number;
  readonly code: string;
  /** Continues `FILE line N`. */
  readonly text: string;
}

/** A recorded decision. */
export interface JudgedDecision {
  readonly line: number;
  /** When it was recorded, ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly decision: ApprovalDecision;
  /** The approval before this decision; undefined: nobody had asked. */
  readonly approval: ApprovalState | undefined;
  /** When this content was first asked about, ISO 8601 UTC. */
  readonly askedAt: string;
  /** Id of the run, or null in a scratch notebook. */
  readonly run: string | null;
  /** Why it should not have counted; empty when it should. Signatures are not looked at. */
  readonly faults: readonly LineFault[];
}

/** What the journal says about its hold points. */
export interface JudgedJournal {
  readonly decisions: readonly JudgedDecision[];
  /** What does not hold beside the decisions: requests, releases against the policy, steps behind a lock, records that cannot be read. */
  readonly faults: readonly LineFault[];
  /** The state after the last record that can be read. */
  readonly state: RunState;
}

/** Judges every record, in order, up to one that cannot be read: a line that was changed is a record still, of whatever shape. */
export function judgeDecisions(records: readonly JournalRecord[]): JudgedJournal {
  const state = emptyRunState();
  const decisions: JudgedDecision[] = [];
  const faults: LineFault[] = [];
  for (const [index, record] of records.entries()) {
    const line = index + 1;
    try {
      if (record.kind === 'approval-decided') {
        decisions.push(judge(record, line, state));
      }
      faults.push(...faultsBefore(record, line, state));
      applyRecord(state, record);
      if (record.kind === 'approval-requested') {
        faults.push(...faultsOfRequest(state.approvals[record.approval]!, line));
      }
    } catch {
      faults.push({
        line,
        code: 'journal.bad_record',
        text: `is a record of the kind ${record.kind} whose fields cannot be read`
      });
      break;
    }
  }
  return { decisions, faults, state };
}

/**
 * Releases that the decisions do not carry once those of `unsound` lines are left out.
 *
 * @param unsound - Lines of decisions that do not count.
 */
export function uncarriedReleases(
  decisions: readonly JudgedDecision[],
  unsound: ReadonlySet<number>
): LineFault[] {
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

type Decided = Extract<JournalRecord, { kind: 'approval-decided' }>;

function judge(record: Decided, line: number, state: RunState): JudgedDecision {
  const approval = state.approvals[record.approval];
  const decision = readable(record.decision);
  const asked = Object.values(state.approvals).find(
    ({ name, step, content }) =>
      name === approval?.name && step === approval.step && content === approval.content
  );
  const who = `records a decision of ${decision.by.username} on “${approval?.name ?? record.approval}” that does not count`;
  return {
    line,
    recordedAt: record.at,
    decision,
    approval,
    askedAt: asked?.requestedAt ?? record.at,
    run: state.run?.id ?? null,
    faults: reasonsAgainst(record, approval, state).map(({ code, text }) => ({
      line,
      code,
      text: `${who}: ${text}`
    }))
  };
}

/** @throws TypeError when it has not the texts of a decision. */
function readable(decision: ApprovalDecision): ApprovalDecision {
  const { by, at, comment } = decision;
  if (![by.username, by.grade, at, comment].every(text => typeof text === 'string')) {
    throw new TypeError('This is no decision.');
  }
  return decision;
}

interface Reason {
  readonly code: string;
  readonly text: string;
}

function reasonsAgainst(
  { decision, content }: Decided,
  approval: ApprovalState | undefined,
  state: RunState
): Reason[] {
  if (!approval) {
    return [{ code: 'decision.not_asked', text: 'nobody had asked for it' }];
  }
  if (approval.status !== 'pending') {
    return [{ code: 'decision.too_late', text: `the hold point was ${approval.status} already` }];
  }
  const rules = rulesOf(approval.request);
  const ineligible = ineligibilityOf(approval, decision.by, driverOf(state, approval));
  const values = faultsOfValues(rules.form, decision.values ?? {}, decision.decision);
  const needsComment = decision.decision === 'rejected' || rules.comment;
  return [
    ...(content === approval.content
      ? []
      : [{ code: 'decision.other_content', text: 'it was taken on other content' }]),
    ...(ineligible === null
      ? []
      : [{ code: 'decision.not_entitled', text: withoutStop(ineligible.message) }]),
    ...(needsComment && decision.comment.trim() === ''
      ? [{ code: 'decision.no_comment', text: 'its comment is missing' }]
      : []),
    ...values.map(text => ({ code: 'decision.bad_values', text: withoutStop(text) }))
  ];
}

/** What must not have happened in the state before the record. */
function faultsBefore(record: JournalRecord, line: number, state: RunState): LineFault[] {
  if (record.kind === 'attempt-started') {
    const lock = lockOf(state, state.outline, record.step);
    return lock === undefined
      ? []
      : [
          {
            line,
            code: 'step.ran_locked',
            text: `begins the step ${record.step} behind “${lock.hold}”, which ${lock.approval ? `was ${lock.approval.status}` : 'nobody had been asked about'}`
          }
        ];
  }
  if (record.kind === 'glass-broken') {
    const approval = state.approvals[record.approval];
    const allowed = approval && rulesOf(approval.request).breakGlass;
    const may =
      approval?.status === 'pending' &&
      (allowed === null || (allowed!.length > 0 && isNamed(record.by.username, allowed!)));
    const text = `releases “${approval?.name ?? record.approval}” against the policy, which ${record.by.username} may not`;
    return may ? [] : [{ line, code: 'decision.not_entitled', text }];
  }
  return [];
}

/** The hash that was decided on has to be the one of what was shown. Values that the journal holds masked cannot be hashed again. */
function faultsOfRequest(approval: ApprovalState, line: number): LineFault[] {
  const { binding, request, name } = approval;
  if (binding === undefined) {
    return request.rules === undefined
      ? []
      : [{ line, code: 'approval.unbound', text: `asks about “${name}” without what it is bound to` }];
  }
  return isShownAsBound(approval) || holdsMask(JSON.stringify([binding.parameters, request]))
    ? []
    : [
        {
          line,
          code: 'approval.other_content',
          text: `asks about “${name}” with another question, evidence or parts than its content hash was taken over`
        }
      ];
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
