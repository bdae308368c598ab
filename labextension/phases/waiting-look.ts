// What waits for people in a phase, and for whom, in a few words.
import { standingOf } from '../../contract/approval-rules.js';
import { describeOpenTasks } from '../../contract/board.js';
import type { PhaseSummary } from '../../contract/phase-status.js';
import type { HoldState } from '../approval/hold-state.js';
import type { Words } from '../words.js';

/** What waits in a phase: a board counts while a cell gathers it. */
export function waitingIn(phase: PhaseSummary): readonly HoldState[] {
  return [...phase.waiting, ...phase.boards.filter(board => board.gathering !== null)];
}

export function askedAt(hold: HoldState): string {
  return 'tasks' in hold ? hold.assignedAt : hold.requestedAt;
}

/** `waiting for qa-lead`; `now` in milliseconds since 1970. */
export function waitingText(holds: readonly HoldState[], now: number, words: Words): string {
  const awaited = holds.map(hold =>
    'items' in hold
      ? `“${hold.name}”`
      : 'tasks' in hold
        ? describeOpenTasks(hold, new Date(now).toISOString())
        : standingOf(hold).awaited.join(', ') || words.__('anybody')
  );
  return words.__('waiting for %1', awaited.join(', '));
}
