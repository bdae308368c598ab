// What waits for people as a notice, in the words that are true now for whoever reads it: a hold, or a question about the wheel.
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApproverSeat } from '../../contract/holds/hold-rules.js';
import { holdOf, isPending, tasksOf, type HoldState } from '../../contract/holds/pending.js';
import { describeOpenTasks } from '../../contract/holds/task-list.js';
import type { Person } from '../../contract/base/person.js';
import { driverOf } from '../../contract/state/state.js';
import { awaitedNames } from '../approval/awaited-text.js';
import { makeNotice, type Notice, type NoticeContext } from './notice.js';

/** The notice about what has this id; null when nobody is awaited, and about the wheel for everybody who is not asked. */
export function waitingNotice(id: string, context: NoticeContext): Notice | null {
  const hold = holdOf(context.state, id);
  if (!hold) {
    return id.startsWith(ASSIGNED)
      ? assignedNotice(id.slice(ASSIGNED.length), context)
      : wheelNotice(id, context);
  }
  if (!isPending(hold)) {
    return null;
  }
  const { state, words, you } = context;
  const viewer = { you, driver: driverOf(state, hold) };
  const title = words.__('Waiting for %1: %2', awaitedNames(hold, viewer, words), hold.name);
  return makeNotice('waiting', title, bodyOf(hold, context), hold.step, context, id);
}

/** Before the id of a task list: its notice to who has tasks of it, while no cell waits for them yet. */
export const ASSIGNED = 'assigned:';

/** The notice to a person who was given tasks; null for everybody else, once they were heard, and while a cell gathers the tasks. */
export function assignedNotice(id: string, context: NoticeContext): Notice | null {
  const { state, words, you } = context;
  const taskList = state.taskLists[id];
  if (!taskList || !you || taskList.gathering !== null || taskList.status === 'gathered') {
    return null;
  }
  const yours = tasksOf(taskList, you).filter(({ status }) => status === 'open');
  return yours.length === 0
    ? null
    : makeNotice(
        'waiting',
        words.__('Tasks for you: %1', taskList.name),
        words.__('Your tasks: %1', yours.map(({ title }) => title).join(', ')),
        taskList.step,
        context,
        `${ASSIGNED}${id}`
      );
}

/** The notice to a deputy to whom a task was handed over; null for everybody else. */
export function handedOverNotice(id: string, taskId: string, context: NoticeContext): Notice | null {
  const taskList = context.state.taskLists[id];
  const task = taskList?.tasks.find(each => each.id === taskId);
  return task && isSeated(context.you, [task.deputy])
    ? (waitingNotice(id, context) ?? assignedNotice(id, context))
    : null;
}

/** The notice to a deputy whom the question reaches because nobody had decided; null for everybody who had been asked before. */
export function escalatedNotice(id: string, context: NoticeContext): Notice | null {
  const approval = context.state.approvals[id];
  const rules = approval && rulesOf(approval.request);
  return rules && isSeated(context.you, rules.escalation?.seats ?? []) && !isSeated(context.you, rules.seats)
    ? waitingNotice(id, context)
    : null;
}

function isSeated(you: Person | null, seats: readonly (ApproverSeat | null)[]): boolean {
  return you !== null && seats.some(seat => seat?.members?.includes(you.username) ?? false);
}

function bodyOf(hold: HoldState, { words, you }: NoticeContext): string {
  if ('items' in hold) {
    return words.__('A checklist is to be ticked.');
  }
  if (!('tasks' in hold)) {
    return hold.request.question;
  }
  const yours = you === null ? [] : tasksOf(hold, you).map(({ title }) => title);
  return yours.length > 0
    ? words.__('Your tasks: %1', yours.join(', '))
    : describeOpenTasks(hold, new Date().toISOString());
}

function wheelNotice(id: string, context: NoticeContext): Notice | null {
  const { state, words, you } = context;
  const { wheel, offer, driver } = state;
  const notice = (title: string, body: string) => makeNotice('waiting', title, body, null, context, id);
  if (wheel?.id === id && isSame(driver?.person, you)) {
    return notice(
      words.__('%1 asks for the wheel', nameOf(wheel.by)),
      words.__('Hand it over or keep it, above the notebook.')
    );
  }
  return offer?.id === id && isSame(offer.to, you)
    ? notice(
        words.__('%1 offers you the wheel', nameOf(offer.by)),
        words.__('Take it or decline, above the notebook.')
      )
    : null;
}

function isSame(person: Person | undefined, you: Person | null): boolean {
  return you !== null && person?.username === you.username;
}

function nameOf({ name, username }: Person): string {
  return name || username;
}
