// Who is awaited in a run, since when: hold points, checklists and the tasks of people.
import { standingOf } from '../../contract/approval-rules.js';
import { describeOpenTasks } from '../../contract/board.js';
import { formatCount } from '../../contract/format.js';
import type { ApprovalState, ChecklistState } from '../../contract/hold.js';
import type { PhaseSummary } from '../../contract/phase-status.js';

/** Somebody is awaited. */
export interface Wait {
  /** Name of the hold point, the checklist or the board. */
  readonly name: string;
  readonly phase: string;
  /** Who, for reading: `qa-lead, release-manager (1 of 2 approved)`, `anybody`, `3 items to tick`. */
  readonly awaited: string;
  /** ISO 8601 UTC. */
  readonly since: string;
  readonly waitedMs: number;
}

/** Everybody who is awaited, in the order of the phases. A board counts while a cell gathers it. */
export function waitsOf(phases: readonly PhaseSummary[], now: string): Wait[] {
  return phases.flatMap(phase => [
    ...phase.waiting.map(hold =>
      waitOf(hold, 'items' in hold ? itemsOf(hold) : approversOf(hold), hold.requestedAt, now)
    ),
    ...phase.boards
      .filter(board => board.gathering !== null)
      .map(board => waitOf(board, describeOpenTasks(board, now), board.assignedAt, now))
  ]);
}

function waitOf(
  hold: { readonly name: string; readonly phase: string },
  awaited: string,
  since: string,
  now: string
): Wait {
  const waitedMs = Math.max(0, Date.parse(now) - Date.parse(since));
  return { name: hold.name, phase: hold.phase, awaited, since, waitedMs };
}

function approversOf(approval: ApprovalState): string {
  const { approvedBy, required, awaited } = standingOf(approval);
  const who = awaited.join(', ') || 'anybody';
  return required > 1 ? `${who} (${approvedBy.length} of ${required} approved)` : who;
}

function itemsOf(checklist: ChecklistState): string {
  const open = checklist.items.filter(item => item.required && !item.ticked).length;
  return `${formatCount(open, 'item')} to tick`;
}
