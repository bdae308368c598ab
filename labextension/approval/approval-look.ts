// What an approval looks like, as plain data: the view only draws it. Also decides whether a person may act here.
import {
  ineligibilityOf,
  isNamed,
  mayRevoke,
  rulesOf,
  standingOf
} from '../../contract/holds/approval-rules.js';
import { type FormField } from '../../contract/holds/hold-rules.js';
import { decisionWords } from '../../contract/decide/decision-words.js';
import { describeApprovalStatus } from '../../contract/holds/fallback.js';
import { formatUtc } from '../../contract/base/format.js';
import type { ApprovalState, ApprovalStatus, Evidence } from '../../contract/holds/hold.js';
import { STALE_NOTE } from '../../contract/holds/stale-approval.js';
import { isPending, pendingHolds, type Viewer } from '../../contract/holds/pending.js';
import { driverOf } from '../../contract/state/state.js';
import type { JsonObject } from '../../contract/base/json.js';
import { describePerson } from '../../contract/base/person.js';
import { describeDecider, whatItProves } from '../../contract/holds/decision-proves.js';
import type { StatusName } from '../page/status-look.js';
import { bothClocks } from '../page/time-text.js';
import type { Words } from '../page/words.js';
import type { IRunModel } from '../tokens.js';
import { awaitedPeople } from './awaited-text.js';
import { ruleSentences } from '../../contract/holds/rule-sentences.js';
import { notRecordedWord, type HoldAccess } from './hold-access.js';

/** One decision, for reading. */
export interface DecisionLook {
  readonly text: string;
  readonly at: string;
  readonly atText: string;
  readonly atTitle: string;
  readonly comment: string;
  /** Answers to the form, and what proves the decision. */
  readonly details: readonly string[];
}

/** What can be done besides deciding in the form. */
export type OtherWay = 'signed' | 'break-glass' | 'revoke';

export interface ApprovalLook {
  readonly glyph: StatusName;
  readonly word: string;
  readonly name: string;
  readonly phase: string;
  readonly question: string;
  /** Who has to decide, or null when nobody has to any more. */
  readonly awaited: {
    readonly who: string;
    /** `1 of 2 approved`, or '' when one is enough. */
    readonly progress: string;
    readonly at: string;
    readonly atText: string;
    readonly atTitle: string;
  } | null;
  /** What the rules ask and when it ends, a sentence each. */
  readonly rules: readonly string[];
  /** Released against the policy: by whom and why, or ''. */
  readonly broken: string;
  readonly evidence: readonly Evidence[];
  readonly fields: readonly FormField[];
  readonly needsComment: boolean;
  readonly otherWays: readonly OtherWay[];
  readonly decisions: readonly DecisionLook[];
  /** `open`: a person may decide here. `sending`: sent, not confirmed. `none`: for reading only. */
  readonly form: 'open' | 'sending' | 'none';
  /** Why it cannot be decided here, or what the status means. */
  readonly note: string;
}

const GLYPHS: Record<ApprovalStatus, StatusName> = {
  pending: 'waiting',
  approved: 'passed',
  rejected: 'rejected',
  expired: 'failed',
  withdrawn: 'aborted',
  stale: 'stale',
  revoked: 'rejected'
};

/** The look of `approval`, which is the newest state that is known, in the place that `access` describes. */
export function approvalLook(
  approval: ApprovalState,
  access: HoldAccess,
  sent: 'approved' | 'rejected' | null,
  words: Words,
  viewer: Viewer = NOBODY
): ApprovalLook {
  if (access === 'not-recorded') {
    return notRecorded(approval, words);
  }
  const isAwaited = isPending(approval);
  const rules = rulesOf(approval.request);
  const standing = standingOf(approval);
  const isBroken = approval.status === 'approved' && approval.breakGlass !== undefined;
  const barred = isAwaited && viewer.you ? ineligibilityOf(approval, viewer.you, viewer.driver) : null;
  const form = isAwaited && access === 'live' && !barred ? (sent ? 'sending' : 'open') : 'none';
  return {
    glyph: isBroken ? 'inconclusive' : GLYPHS[approval.status],
    word: isBroken
      ? words.__('Released against the policy')
      : words.__(describeApprovalStatus(approval.status)),
    name: approval.name,
    phase: approval.phase,
    question: approval.request.question,
    awaited: isAwaited
      ? {
          who: awaitedPeople(approval, viewer, words),
          progress:
            standing.required > 1
              ? words.__('%1 of %2 approved', standing.approvedBy.length, standing.required)
              : '',
          at: approval.requestedAt,
          atText: formatUtc(approval.requestedAt),
          atTitle: bothClocks(approval.requestedAt)
        }
      : null,
    rules: isAwaited ? [...ruleSentences(approval, words), ...wordsToCompare(approval, words)] : [],
    broken: approval.breakGlass
      ? words.__(
          'Released against the policy by %1 at %2: %3',
          describePerson(approval.breakGlass.by),
          formatUtc(approval.breakGlass.at),
          approval.breakGlass.reason
        )
      : '',
    evidence: approval.request.evidence,
    fields: rules.form,
    needsComment: rules.comment,
    otherWays: access === 'live' ? otherWaysOf(approval, viewer) : [],
    decisions: approval.decisions.map(decision => ({
      text:
        decision.decision === 'approved'
          ? words.__('Approved by %1', describeDecider(decision))
          : words.__('Rejected by %1', describeDecider(decision)),
      at: decision.at,
      atText: formatUtc(decision.at),
      atTitle: bothClocks(decision.at),
      comment: decision.comment,
      details: [
        ...describeValues(rules.form, decision.values ?? {}, words),
        ...(decision.signature ? [words.__('Signed with %1', decision.signature.key)] : []),
        words.__('What it proves: %1.', whatItProves(decision))
      ]
    })),
    form,
    note: [
      closureText(approval, words),
      approval.status === 'approved' ? (approval.request.doubt ?? '') : '',
      barred?.message ?? '',
      noteOf(approval.status, access, sent, words)
    ]
      .filter(text => text !== '')
      .join(' ')
  };
}

/** What an output claims that the record of the run does not have: the question, and nothing of its decisions. */
function notRecorded({ name, phase, request }: ApprovalState, words: Words): ApprovalLook {
  return {
    glyph: 'inconclusive',
    word: notRecordedWord(words),
    name,
    phase,
    question: request.question,
    awaited: null,
    rules: [],
    broken: '',
    evidence: request.evidence,
    fields: [],
    needsComment: false,
    otherWays: [],
    decisions: [],
    form: 'none',
    note: readOnlyNote('not-recorded', words)
  };
}

/** Where it may be decided on a page, whoever is there can compare four words with those here. */
function wordsToCompare({ request, content }: ApprovalState, words: Words): string[] {
  return rulesOf(request).decide === undefined
    ? []
    : [words.__('The decision page shows the same four words: %1.', decisionWords(content))];
}

/** The viewer of the page whose run this is. */
export function viewerOf(run: IRunModel | null): Viewer {
  const hold = run ? pendingHolds(run.state).at(-1) : undefined;
  return { you: run?.session.you ?? null, driver: run ? driverOf(run.state, hold) : null };
}

const NOBODY: Viewer = { you: null, driver: null };

function otherWaysOf(approval: ApprovalState, { you, driver }: Viewer): OtherWay[] {
  if (approval.status === 'approved') {
    return you !== null && mayRevoke(approval, you, driver) ? ['revoke'] : [];
  }
  if (!isPending(approval)) {
    return [];
  }
  const { breakGlass } = rulesOf(approval.request);
  const mayBreak =
    breakGlass === null || (breakGlass.length > 0 && you !== null && isNamed(you.username, breakGlass));
  return mayBreak ? ['signed', 'break-glass'] : ['signed'];
}

function describeValues(form: readonly FormField[], values: JsonObject, words: Words): string[] {
  return form.flatMap(({ name, label }) => {
    const value = values[name];
    const text =
      value === true
        ? words.__('yes')
        : value === false
          ? words.__('no')
          : value === null || value === undefined
            ? ''
            : String(value);
    return text === '' ? [] : [`${label}: ${text}`];
  });
}

/** Who or what ended it, where the status alone does not say so. */
function closureText({ closure }: ApprovalState, words: Words): string {
  if (!closure || closure.reason === '') {
    return '';
  }
  const reason = closure.reason.replace(/[.!?]?$/, '.');
  return closure.by
    ? words.__('%1 at %2: %3', describePerson(closure.by), formatUtc(closure.at), reason)
    : reason;
}

function noteOf(
  status: ApprovalStatus,
  access: HoldAccess,
  sent: 'approved' | 'rejected' | null,
  words: Words
): string {
  switch (status) {
    case 'pending':
      return access === 'live'
        ? sent
          ? words.__('Sent. Waiting for the kernel to record it …')
          : ''
        : readOnlyNote(access, words);
    case 'expired':
      return words.__('Nobody decided in time, so nothing was released. Run the step again to ask again.');
    case 'withdrawn':
      return words.__('The step ended before anybody decided. Run it again to ask again.');
    case 'stale':
      return words.__(STALE_NOTE);
    case 'revoked':
      return words.__('The approval was taken back. Everything after it is locked again.');
    case 'rejected':
      return words.__('The run stopped here. Nothing after it runs until it is asked again and approved.');
    case 'approved':
      return '';
  }
}

/** Why a pending request cannot be settled in this place. */
export function readOnlyNote(access: HoldAccess, words: Words): string {
  switch (access) {
    case 'live':
      return '';
    case 'no-kernel':
      return words.__('For reading only: no kernel of this run is connected. Start the kernel to decide.');
    case 'not-recorded':
      return words.__(
        'The record of this run does not have it, so it proves and releases nothing. Run the step to ask.'
      );
    case 'no-notebook':
      return words.__('For reading only: open the notebook to decide.');
  }
}
