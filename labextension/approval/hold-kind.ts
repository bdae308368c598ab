// What differs between the kinds of hold (approval, checklist, board): payload, place in the state, text for the saved file, view.
import type { BoardState } from '../../contract/board.js';
import { approvalBundle, boardBundle, checklistBundle } from '../../contract/fallback.js';
import type { ApprovalState, ChecklistState } from '../../contract/hold.js';
import type { MimeBundle } from '../../contract/json.js';
import { APPROVAL_MIME, BOARD_MIME, CHECKLIST_MIME } from '../../contract/mime.js';
import type { RunState } from '../../contract/state.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../words.js';
import { ApprovalView } from './approval-view.js';
import { BoardView } from './board-view.js';
import { ChecklistView } from './checklist-view.js';
import type { HoldState } from './hold-state.js';
import type { HoldView } from './hold-view.js';

/** A kind of hold; `H` is its state. */
export interface HoldKind<H extends HoldState> {
  readonly mimeType: string;
  /** The hold in a payload, or null when the payload is damaged. */
  read(payload: unknown): H | null;
  find(state: RunState, id: string): H | undefined;
  /** True when the saved file should tell it: nothing is waited for any more. */
  isFinal(hold: H): boolean;
  bundle(hold: H, run: string | null): MimeBundle;
  makeView(words: Words, runOf: () => IRunModel | null): HoldView<H>;
}

export const APPROVAL_KIND: HoldKind<ApprovalState> = {
  mimeType: APPROVAL_MIME,
  read: payload => {
    const approval = (payload as { approval?: ApprovalState } | null | undefined)?.approval;
    const isWhole =
      typeof approval?.id === 'string' &&
      Array.isArray(approval.decisions) &&
      Array.isArray(approval.request?.approvers);
    return isWhole && Array.isArray(approval.request.evidence) ? approval : null;
  },
  find: (state, id) => state.approvals[id],
  isFinal: approval => approval.status !== 'pending',
  bundle: approvalBundle,
  makeView: (words, runOf) => new ApprovalView(words, runOf)
};

export const CHECKLIST_KIND: HoldKind<ChecklistState> = {
  mimeType: CHECKLIST_MIME,
  read: payload => {
    const checklist = (payload as { checklist?: ChecklistState } | null | undefined)?.checklist;
    return typeof checklist?.id === 'string' && Array.isArray(checklist.items) ? checklist : null;
  },
  find: (state, id) => state.checklists[id],
  isFinal: checklist => checklist.status !== 'pending',
  bundle: checklistBundle,
  makeView: (words, runOf) => new ChecklistView(words, runOf)
};

export const BOARD_KIND: HoldKind<BoardState> = {
  mimeType: BOARD_MIME,
  read: payload => {
    const board = (payload as { board?: BoardState } | null | undefined)?.board;
    return typeof board?.id === 'string' && Array.isArray(board.tasks) ? board : null;
  },
  find: (state, id) => state.boards[id],
  isFinal: board => board.status === 'gathered' || board.tasks.every(task => task.status === 'done'),
  bundle: (board, run) => boardBundle(board, run, new Date().toISOString()),
  makeView: (words, runOf) => new BoardView(words, runOf)
};
