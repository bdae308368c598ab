// Whom a hold waits for, in a few words. People read their own name, and that of their group, as “you” while they can still do something.
import { rulesOf, standingOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import type { ApproverSeat } from '../../contract/holds/hold-rules.js';
import { tasksOf, waitsForViewer, type HoldState, type Viewer } from '../../contract/holds/pending.js';
import {
  describeOpenTasks,
  holderOf,
  missingTasks,
  type TaskListState
} from '../../contract/holds/task-list.js';
import type { Words } from '../page/words.js';

/** `you, ops`: the seats of an approval that nobody has filled; '' when anybody may. */
function awaitedSeats(approval: ApprovalState, viewer: Viewer, words: Words): string {
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
function awaitedTasks(taskList: TaskListState, { you }: Viewer, now: string, words: Words): string {
  const yours = new Set(you ? tasksOf(taskList, you).map(({ id }) => id) : []);
  return describeOpenTasks(taskList, now, task =>
    yours.has(task.id) ? words.__('you') : holderOf(task).name
  );
}

/** `waiting for qa-lead`; `now` is ISO 8601 UTC. */
export function waitingText(holds: readonly HoldState[], viewer: Viewer, now: string, words: Words): string {
  const awaited = holds.map(hold => awaitedBy(hold, viewer, now, words));
  return words.__('waiting for %1', [...new Set(awaited)].join(', '));
}

/** `you, qa-lead`; `anybody` where nobody is named. */
export function awaitedPeople(approval: ApprovalState, viewer: Viewer, words: Words): string {
  return (
    awaitedSeats(approval, viewer, words) ||
    (waitsForViewer(approval, viewer) ? words.__('anybody') : words.__('anybody but you'))
  );
}

/** Without what there is to do: `you`, `Bob Ray, Cleo`, `anybody`. */
export function awaitedNames(hold: HoldState, viewer: Viewer, words: Words): string {
  if ('items' in hold) {
    return words.__('anybody');
  }
  if (!('tasks' in hold)) {
    return awaitedPeople(hold, viewer, words);
  }
  const isYours = viewer.you !== null && tasksOf(hold, viewer.you).length > 0;
  const missing = missingTasks(hold, hold.gathering ?? 'all');
  const holders = (missing.length > 0 ? missing : hold.tasks).map(task => holderOf(task).name);
  return isYours ? words.__('you') : [...new Set(holders)].join(', ');
}

/** `qa-lead`, `you, Bob Ray: 2 tasks`, `anybody: 3 items to tick`; `now` is ISO 8601 UTC. */
export function awaitedBy(hold: HoldState, viewer: Viewer, now: string, words: Words): string {
  if ('items' in hold) {
    const open = hold.items.filter(item => item.required && !item.ticked).length;
    return words._n('anybody: %1 item to tick', 'anybody: %1 items to tick', open);
  }
  if ('tasks' in hold) {
    return awaitedTasks(hold, viewer, now, words);
  }
  return awaitedPeople(hold, viewer, words);
}
