// Hold points: the request, the decisions, and where an approval stands.
import type { JsonObject } from './json.js';
import type { Person } from './person.js';

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
}

/**
 * Where an approval stands. Only `approved` releases the hold point.
 * `withdrawn`: the waiting cell was interrupted or its process ended before a decision.
 */
export type ApprovalStatus =
  'pending' | 'approved' | 'rejected' | 'expired' | 'withdrawn' | 'stale' | 'revoked';

/** One decision of one person. */
export interface ApprovalDecision {
  readonly decision: 'approved' | 'rejected';
  readonly by: Person;
  /** ISO 8601, UTC, stamped by the kernel. */
  readonly at: string;
  readonly comment: string;
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
}

/** One item of a checklist. */
export interface ChecklistItem {
  readonly text: string;
  readonly required: boolean;
  /** Who ticked it and when, or null while it is open. */
  readonly ticked: { readonly by: Person; readonly at: string } | null;
}

/** A list of manual steps. It holds its cell until every required item is ticked. */
export interface ChecklistState {
  readonly id: string;
  readonly name: string;
  readonly step: string;
  readonly attempt: number;
  readonly phase: string;
  readonly items: readonly ChecklistItem[];
  readonly requestedAt: string;
  readonly status: 'pending' | 'done' | 'withdrawn';
  readonly changedAt: string;
  readonly rev: number;
}

/** What a comm client sends back when a person decided or ticked; also what signed files carry. */
export interface DecisionInput extends JsonObject {
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
}
