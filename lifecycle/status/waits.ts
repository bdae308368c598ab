// Whom a run waits for, and since when: hold points, checklists and the tasks of people.
import { standingOf } from '../../contract/holds/approval-rules.js';
import { describeOpenTasks } from '../../contract/holds/task-list.js';
import { formatCount } from '../../contract/base/format.js';
import type { ApprovalState, ChecklistState } from '../../contract/holds/hold.js';
import { askedAt, type HoldState } from '../../contract/holds/pending.js';
import type { PhaseSummary } from '../../contract/state/phase-status.js';

/** Somebody is awaited. */
export interface Wait {
  /** Name of the hold point, the checklist or the task list. */
  readonly name: string;
  readonly phase: string;
  /** Who, for reading: `qa-lead, release-manager (1 of 2 approved)`, `anybody`, `anybody: 3 items to tick`. */
  readonly awaited: string;
  /** ISO 8601 UTC. */
  readonly since: string;
  readonly waitedMs: number;
}

/** Everybody who is awaited, in the order of the phases, which are as people are told them. */
export function waitsOf(phases: readonly PhaseSummary[], now: string): Wait[] {
  return phases.flatMap(({ waiting }) =>
    waiting.map(hold => {
      const since = askedAt(hold);
      const waitedMs = Math.max(0, Date.parse(now) - Date.parse(since));
      return { name: hold.name, phase: hold.phase, awaited: awaitedBy(hold, now), since, waitedMs };
    })
  );
}

/** Whom a hold waits for, for reading. */
export function awaitedBy(hold: HoldState, now: string): string {
  if ('tasks' in hold) {
    return describeOpenTasks(hold, now);
  }
  return 'items' in hold ? itemsOf(hold) : approversOf(hold);
}

function approversOf(approval: ApprovalState): string {
  const { approvedBy, required, awaited } = standingOf(approval);
  const who = awaited.join(', ') || 'anybody';
  return required > 1 ? `${who} (${approvedBy.length} of ${required} approved)` : who;
}

function itemsOf(checklist: ChecklistState): string {
  const open = checklist.items.filter(item => item.required && !item.ticked).length;
  return `anybody: ${formatCount(open, 'item')} to tick`;
}
