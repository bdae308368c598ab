// What people are asked for: a decision, a list to tick, or tasks.
import type { BoardState } from '../../contract/board.js';
import type { ApprovalState, ChecklistState } from '../../contract/hold.js';

/** The state of any kind of hold. */
export type HoldState = ApprovalState | ChecklistState | BoardState;
