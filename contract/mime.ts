// Our MIME types and their payloads. Every bundle that carries one also carries html, markdown and plain text (fallback.ts),
// because GitHub and every other reader show those.
import type { BoardState } from './board.js';
import type { ApprovalState, ChecklistState } from './hold.js';

/** Payload: {@link ApprovalPayload}. */
export const APPROVAL_MIME = 'application/vnd.launchbook.approval.v1+json';

/** Payload: {@link ChecklistPayload}. */
export const CHECKLIST_MIME = 'application/vnd.launchbook.checklist.v1+json';

/** Payload: {@link BoardPayload}. */
export const BOARD_MIME = 'application/vnd.launchbook.board.v1+json';

/** An approval as it stood when the output was written. The live state comes over the comm; the higher `rev` wins. */
export interface ApprovalPayload {
  readonly version: 1;
  /** Id of the run, or null in a scratch notebook. */
  readonly run: string | null;
  readonly approval: ApprovalState;
}

/** A checklist as it stood when the output was written. */
export interface ChecklistPayload {
  readonly version: 1;
  readonly run: string | null;
  readonly checklist: ChecklistState;
}

/** A board as it stood when the output was written. */
export interface BoardPayload {
  readonly version: 1;
  readonly run: string | null;
  readonly board: BoardState;
}
