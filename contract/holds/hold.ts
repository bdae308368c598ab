// Hold points: the request, the decisions, and where an approval stands.
import type { ApprovalRules } from './hold-rules.js';
import type { ContentBinding } from './content-binding.js';
import type { JsonObject } from '../base/json.js';
import type { Person } from '../base/person.js';
import type { BreakGlass } from '../base/break-glass.js';
import type { DecisionMeans } from '../signature/decision-means.js';

/** A piece of evidence shown to the approver and bound into the approval's content. */
export interface Evidence {
  readonly label: string;
  readonly text: string;
}

/** What is asked of the approvers. */
export interface ApprovalRequest {
  /** The question in one sentence. */
  readonly question: string;
  /** Who is awaited, by username or group; empty means anybody. */
  readonly approvers: readonly string[];
  readonly evidence: readonly Evidence[];
  /** When the request expires, ISO 8601 UTC, or null when it waits for ever. Expiry never releases. */
  readonly expiresAt: string | null;
  /** How many, who, and how sure; absent in journals before these rules existed. Read it with `rulesOf`. */
  readonly rules?: ApprovalRules;
  /**
   * Random text that the kernel made with the question: who signs it has seen the question. One that is asked again because nobody could
   * answer keeps it. Absent in older journals.
   */
  readonly nonce?: string;
  /** Why four eyes are asked for and cannot be kept for certain. Absent: they are not asked for, or can. */
  readonly doubt?: string;
  /** Sequence number of the last rejection or revocation in the run before the request, 0 when there was none. Absent in older journals. */
  readonly after?: number;
}

/**
 * Where an approval stands. Only `approved` releases the hold point.
 * `withdrawn`: the waiting cell was interrupted or its process ended before a decision.
 */
export type ApprovalStatus =
  'pending' | 'approved' | 'rejected' | 'expired' | 'withdrawn' | 'stale' | 'revoked';

/** One decision of one person. */
export interface ApprovalDecision {
  /** What was decided. */
  readonly decision: 'approved' | 'rejected';
  /** Who decided. */
  readonly by: Person;
  /** ISO 8601, UTC, stamped by the kernel; of a signed decision the time that was signed. */
  readonly at: string;
  /** What the person wrote beside the decision; empty when nothing. */
  readonly comment: string;
  /** What the form or choice of the request was answered with, by field name. Absent when nothing was asked. */
  readonly values?: JsonObject;
  /** The signature that proves it. Absent when nothing was signed. */
  readonly signature?: DecisionSignature;
}

/** The proof of a signed decision; whoever has the journal and `allowed_signers` can check it again. */
export interface DecisionSignature {
  /** The whole token, as `launchbook approve` printed it. */
  readonly token: string;
  /** Random id in the token: a token counts once. */
  readonly id: string;
  /** Fingerprint of the key, for example `SHA256:…`. */
  readonly key: string;
  /** SHA-256 (hex) of the `allowed_signers` file of then, in older journals: nothing rests on it, a verifier has versions of its own. */
  readonly signers?: string;
  /** With what it was signed. Absent in older journals: with a key. */
  readonly means?: DecisionMeans;
  /** The page that a passkey signed on. Absent: it was no passkey. */
  readonly origin?: string;
  /** True: an account may keep copies of the passkey. Absent: it was no passkey. */
  readonly synced?: boolean;
}

/** Why and by whom an approval ended in another way than by its decisions. `by` is null when a clock or the kernel did it. */
export interface ApprovalClosure {
  readonly status: 'expired' | 'withdrawn' | 'stale' | 'revoked';
  readonly reason: string;
  readonly by: Person | null;
  readonly at: string;
}

/** An approval with everything that has happened to it. Plain data: also the payload of its MIME type. */
export interface ApprovalState {
  /** Unique in the run. */
  readonly id: string;
  readonly name: string;
  /** The step that asked, and its attempt (1-based). */
  readonly step: string;
  readonly attempt: number;
  /** Title of the phase, for reading. */
  readonly phase: string;
  readonly request: ApprovalRequest;
  /** SHA-256 (hex) over what is approved: sources of the phase, environment, parameters, evidence. */
  readonly content: string;
  readonly requestedAt: string;
  readonly status: ApprovalStatus;
  readonly decisions: readonly ApprovalDecision[];
  /** When the status last changed, ISO 8601 UTC. */
  readonly changedAt: string;
  /** Sequence number of the record that last changed it; a higher one is newer. */
  readonly rev: number;
  /** What was approved, part by part, so that a change can be named. Absent in older journals. */
  readonly binding?: ContentBinding;
  /** How often the awaited people were reminded. Absent: never. */
  readonly reminders?: number;
  /** When the deputies were asked too, ISO 8601 UTC. Absent: they were not. */
  readonly escalatedAt?: string;
  /** How it ended, when it did not end by decisions or did not stand. Absent: it did not. */
  readonly closure?: ApprovalClosure;
  /** Who released it against the policy. Absent: nobody. */
  readonly breakGlass?: BreakGlass;
}

/** One item of a checklist. */
export interface ChecklistItem {
  readonly text: string;
  readonly required: boolean;
  /** Who ticked it and when, or null while it is open. */
  readonly ticked: {
    readonly by: Person;
    readonly at: string;
    /** Id of the statement that was signed. Absent: nothing was. */
    readonly signed?: string;
  } | null;
}

/** A list of manual steps. It holds its cell until every required item is ticked. */
export interface ChecklistState {
  readonly id: string;
  readonly name: string;
  readonly step: string;
  readonly attempt: number;
  readonly phase: string;
  readonly items: readonly ChecklistItem[];
  /** What is signed about the list names it. Absent in older journals. */
  readonly nonce?: string;
  readonly requestedAt: string;
  readonly status: 'pending' | 'done' | 'withdrawn';
  readonly changedAt: string;
  readonly rev: number;
}
