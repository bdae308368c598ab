// Judges what a journal says about its hold points, record by record, each in the state that the run had before it: the kernel while it
// writes, and when it opens a journal that was there; verify, archive, status and report when they read one. Nothing of a record is
// believed that can be computed: the hashes from the texts, the content from its parts, the people and the rules from the state.
import { doubtOfFourEyes, isNamed, rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalDecision, ApprovalState } from '../../contract/holds/hold.js';
import { reasonsAgainst, type ReasonAgainst } from '../../contract/holds/reasons-against.js';
import type { Person } from '../../contract/base/person.js';
import { faultOfRecord } from '../../contract/journal/fault-of-record.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { mayClose } from '../../contract/reduce/approvals.js';
import { driverOf, type RunState } from '../../contract/state/state.js';
import type { LineFault } from './fault.js';
import { judgeAct, type JudgedAct } from './signed-acts.js';
import { faultsOfPlace, faultsOfShown, isSignatureAsked } from './request-faults.js';
import { policyHash } from '../policy/policy-hash.js';
import { holdsMask } from '../../runbook/masking/masker.js';

/** A recorded decision. */
export interface JudgedDecision {
  readonly line: number;
  /** When it was recorded, ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly decision: ApprovalDecision;
  /** The approval before this decision; undefined: nobody had asked. */
  readonly approval: ApprovalState | undefined;
  /** The requests that a signature may name: this one, and those that it goes on with. */
  readonly ids: readonly string[];
  /** Who drove when it was recorded, or had asked. */
  readonly driver: Person | null;
  /** When the first of them was made, ISO 8601 UTC. */
  readonly askedAt: string;
  /** Id of the run, or null in a scratch notebook. */
  readonly run: string | null;
  /** Environment of the run, or null in a scratch notebook. */
  readonly environment: string | null;
  /** Why it should not have counted; empty when it should. Signatures are not looked at. */
  readonly faults: readonly LineFault[];
}

type Decided = Extract<JournalRecord, { kind: 'approval-decided' }>;
type Requested = Extract<JournalRecord, { kind: 'approval-requested' }>;

/** What was found in the records so far. */
export class JudgedRecords {
  readonly decisions: JudgedDecision[] = [];
  /** Ticks and reports on tasks that are signed or say so. */
  readonly acts: JudgedAct[] = [];
  /** What does not hold beside the decisions: requests, releases against the policy, ends, policies. */
  readonly faults: (LineFault & { readonly approval: string | null })[] = [];
  /** What cannot be compared and does not have to be, one sentence each. */
  readonly notes: string[] = [];
  /** A record could not be read; what comes after it says nothing certain. */
  isUnreadable = false;
  #masked = new Map<string, readonly string[]>();
  #lines = 0;

  /** The next record stands in this line: those before it that say nothing here were left out. */
  goOnAt(line: number): void {
    this.#lines = line - 1;
  }

  /** What was found, as JSON has it. */
  toJSON(): object {
    const { decisions, acts, faults, notes, isUnreadable } = this;
    return { decisions, acts, faults, notes, isUnreadable, masked: [...this.#masked], lines: this.#lines };
  }

  /** The same that came as JSON. */
  static revived(found: object): JudgedRecords {
    const { masked, lines, ...fields } = found as {
      readonly masked: readonly (readonly [string, readonly string[]])[];
      readonly lines: number;
    };
    const judged = Object.assign(new JudgedRecords(), fields);
    judged.#masked = new Map(masked);
    judged.#lines = lines;
    return judged;
  }

  /** Judges the next record. `before` is the state that does not have it yet. True when its fields are as its kind has them. */
  take(record: JournalRecord, before: RunState): boolean {
    const line = ++this.#lines;
    const fault = faultOfRecord(record);
    let why = fault;
    try {
      if (why === null) {
        this.#judge(record, line, before);
      }
    } catch {
      why = '';
    }
    if (why !== null) {
      this.isUnreadable = true;
      const text = `is a record of the kind ${record.kind} whose fields cannot be read${why === '' ? '' : `: ${why}`}`;
      this.faults.push({ line, approval: approvalOf(record), code: 'journal.bad_record', text });
    }
    return fault === null;
  }

  #judge(record: JournalRecord, line: number, before: RunState): void {
    switch (record.kind) {
      case 'approval-requested':
        return this.#request(record, line, before);
      case 'approval-decided':
        return void this.decisions.push(
          judgeDecision(record, line, before, this.#masked.get(record.approval))
        );
      case 'checklist-ticked':
      case 'task-moved':
        return void this.acts.push(...[judgeAct(record, line, before) ?? []].flat());
      case 'glass-broken':
        return this.#faults(line, record.approval, faultsOfGlass(record, before));
      case 'approval-closed':
        return this.#faults(line, record.approval, faultsOfClosing(record, before));
      case 'policy-read':
        return this.#faults(line, null, faultsOfPolicy(record));
      default:
    }
  }

  #request(record: Requested, line: number, before: RunState): void {
    const asked = { ...record, id: record.approval };
    const shown = faultsOfShown(asked);
    this.#masked.set(record.approval, shown.masked);
    const { nonce, rules } = record.request;
    if (nonce === undefined && rules !== undefined) {
      this.notes.push(
        `What was asked about “${record.name}” was recorded by an older version: it is bound to its phase alone, and a signature names no request.`
      );
    }
    const doubt = doubtOfFourEyes(rulesOf(record.request), driverOf(before, record));
    // As it was asked last: what was asked before and nobody released is over.
    const about = `“${record.name}”: `;
    const earlier = this.notes.findIndex(note => note.startsWith(about));
    if (earlier >= 0) {
      this.notes.splice(earlier, 1);
    }
    if (doubt !== null) {
      this.notes.push(`${about}${doubt}`);
    }
    if (shown.masked.length > 0 && !isSignatureAsked(record)) {
      this.notes.push(
        `What was asked about “${record.name}” cannot be compared where it is masked: ${shown.masked.join(', ')}.`
      );
    }
    this.#faults(line, record.approval, [...shown.faults, ...faultsOfPlace(asked, before)]);
  }

  #faults(line: number, approval: string | null, faults: readonly { code: string; text: string }[]): void {
    faults.forEach(({ code, text }) => this.faults.push({ line, approval, code, text }));
  }
}

/**
 * Judges a decision in the state before it. Also one that was not recorded yet.
 *
 * @param masked - Parts of the request that nobody can compare. Absent: none.
 */
export function judgeDecision(
  record: Omit<Decided, 'seq' | 'prev'>,
  line: number,
  before: RunState,
  masked: readonly string[] = []
): JudgedDecision {
  const approval = Object.hasOwn(before.approvals, record.approval)
    ? before.approvals[record.approval]
    : undefined;
  const decision = readable(record.decision);
  const asked = approval ? requestsOf(approval, before) : [];
  const who = `records a decision of ${decision.by.username} on “${approval?.name ?? record.approval}” that does not count`;
  return {
    line,
    recordedAt: record.at,
    decision,
    approval,
    driver: approval ? driverOf(before, approval) : null,
    ids: asked.map(({ id }) => id),
    askedAt: asked[0]?.requestedAt ?? record.at,
    run: before.run?.id ?? null,
    environment: before.run?.environment ?? null,
    faults: reasonsOf(record, approval, before, masked).map(({ code, text }) => ({
      line,
      code,
      text: `${who}: ${text}`
    }))
  };
}

/** The request itself and those before it with the same nonce, oldest first; in older journals those with the same content. */
export function requestsOf(
  approval: ApprovalState,
  { approvals }: Pick<RunState, 'approvals'>
): ApprovalState[] {
  const { name, step, content, request } = approval;
  return Object.values(approvals).filter(
    other =>
      other.name === name &&
      other.step === step &&
      other.request.nonce === request.nonce &&
      other.content === content
  );
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

function reasonsOf(
  { decision, content }: Omit<Decided, 'seq' | 'prev'>,
  approval: ApprovalState | undefined,
  before: RunState,
  masked: readonly string[]
): Reason[] {
  if (!approval) {
    return [{ code: 'decision.not_asked', text: 'nobody had asked for it' }];
  }
  const { signature } = decision;
  const made = { ...decision, content, ...(signature === undefined ? {} : { proof: signature }) };
  const driver = driverOf(before, approval);
  const isSigned = isSignatureAsked(approval) || decision.signature !== undefined;
  return [
    ...reasonsAgainst(approval, made, driver).map(({ code, message }) => ({
      code: CODES[code],
      text: message.replace(/\.$/, '')
    })),
    ...(isSigned && masked.length > 0
      ? [{ code: 'approval.masked', text: `${masked.join(', ')} cannot be compared, because it is masked` }]
      : [])
  ];
}

const CODES: { readonly [code in ReasonAgainst['code']]: string } = {
  'hold.settled': 'decision.too_late',
  'hold.other_content': 'decision.other_content',
  'hold.bad_decision': 'decision.bad_decision',
  'hold.bad_values': 'decision.bad_values',
  'hold.no_reason': 'decision.no_comment',
  'hold.no_comment': 'decision.no_comment',
  'hold.not_named': 'decision.not_entitled',
  'hold.four_eyes': 'decision.not_entitled',
  'hold.weak_identity': 'decision.not_entitled',
  'hold.other_means': 'decision.not_entitled',
  'hold.synced_key': 'decision.not_entitled',
  'hold.decided_before': 'decision.not_entitled'
};

function faultsOfGlass(
  { approval: id, by }: Extract<JournalRecord, { kind: 'glass-broken' }>,
  { approvals }: RunState
): Reason[] {
  const approval = approvals[id];
  const allowed = approval && rulesOf(approval.request).breakGlass;
  const may =
    approval?.status === 'pending' &&
    (allowed === null || (allowed!.length > 0 && isNamed(by.username, allowed!)));
  const text = `releases “${approval?.name ?? id}” against the policy, which ${by.username} may not`;
  return may ? [] : [{ code: 'decision.not_entitled', text }];
}

/** The kernel closes what waits or was given, and writes no other end. */
function faultsOfClosing(
  { approval: id, status }: Extract<JournalRecord, { kind: 'approval-closed' }>,
  { approvals }: RunState
): Reason[] {
  const approval = approvals[id];
  return mayClose(approval?.status, status)
    ? []
    : [
        {
          code: 'approval.bad_end',
          text: `ends “${approval?.name ?? id}” as ${String(status)}, which was ${approval?.status ?? 'not asked about'}`
        }
      ];
}

function faultsOfPolicy({ policy, hash }: Extract<JournalRecord, { kind: 'policy-read' }>): Reason[] {
  return policyHash(policy) === hash || holdsMask(JSON.stringify(policy))
    ? []
    : [{ code: 'policy.other_hash', text: 'records a policy that is not the one of its hash' }];
}

function approvalOf(record: JournalRecord): string | null {
  return 'approval' in record && typeof record.approval === 'string' ? record.approval : null;
}
