// Whom a hold waits for, in a few words. People read their own name, and that of their group, as “you” while they can still do something.
import { rulesOf, standingOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import type { ApproverSeat } from '../../contract/holds/hold-rules.js';
import { tasksOf, waitsForViewer, type HoldState, type Viewer } from '../../contract/holds/pending.js';
import { describeOpenTasks, holderOf, type TaskListState } from '../../contract/holds/task-list.js';
import type { Words } from '../page/words.js';

/** `you, ops`: the seats of an approval that nobody has filled; '' when anybody may. */
export function awaitedSeats(approval: ApprovalState, viewer: Viewer, words: Words): string {
  const { seats, escalation } = rulesOf(approval.request);
  const username = waitsForViewer(approval, viewer) ? viewer.you?.username : undefined;
  const isYours = (seat: ApproverSeat): boolean =>
    username !== undefined && (seat.members?.includes(username) ?? false);
  const { awaited } = standingOf(approval);
  const others = awaited.filter(name => {
    const seat = seats.find(each => each.name === name);
    return seat ? !isYours(seat) : name !== username;
  });
  const deputies = approval.escalatedAt === undefined ? [] : (escalation?.seats ?? []);
  const isForYou = others.length < awaited.length || (awaited.length > 0 && deputies.some(isYours));
  return [...(isForYou ? [words.__('you')] : []), ...others].join(', ');
}

/** `you, Bob Ray: 2 tasks`; `now` is ISO 8601 UTC. */
export function awaitedTasks(taskList: TaskListState, { you }: Viewer, now: string, words: Words): string {
  const yours = new Set(you ? tasksOf(taskList, you).map(({ id }) => id) : []);
  return describeOpenTasks(taskList, now, task =>
    yours.has(task.id) ? words.__('you') : holderOf(task).name
  );
}

/** `waiting for qa-lead`; `now` is ISO 8601 UTC. */
export function waitingText(holds: readonly HoldState[], viewer: Viewer, now: string, words: Words): string {
  const awaited = holds.map(hold =>
    'items' in hold
      ? `“${hold.name}”`
      : 'tasks' in hold
        ? awaitedTasks(hold, viewer, now, words)
        : awaitedSeats(hold, viewer, words) || words.__('anybody')
  );
  return words.__('waiting for %1', [...new Set(awaited)].join(', '));
}
