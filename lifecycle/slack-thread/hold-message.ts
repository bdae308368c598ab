// The message of a question, a checklist or a list of tasks: whom it waits for while it does, and how it ended.
import { rulesOf, standingOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalState, ChecklistState } from '../../contract/holds/hold.js';
import { isPending, type HoldState } from '../../contract/holds/pending.js';
import { holderOf, lookOfTask, type TaskListState, type TaskState } from '../../contract/holds/task-list.js';
import { formatUtc } from '../../contract/base/format.js';
import { STATUS_WORDS } from '../../contract/state/status-words.js';
import { awaitedBy } from '../status/waits.js';
import { buttonsFor } from './decision-buttons.js';
import type { Mentioned, ThreadMessage, ThreadWriter } from './thread-writer.js';

/** How a hold stands. */
export function holdMessage(hold: HoldState, writer: ThreadWriter): Omit<ThreadMessage, 'key'> {
  if ('tasks' in hold) {
    return taskListMessage(hold, writer);
  }
  if (!isPending(hold)) {
    const { glyph, word } = ENDS[hold.status] ?? { glyph: '·', word: hold.status };
    return { text: `${glyph} ${writer.text(`“${hold.name}”: ${word}`)}`, isOver: true };
  }
  const question = 'items' in hold ? '' : `: ${hold.request.question}`;
  const words = `“${hold.name}” waits for ${awaitedBy(hold, hold.changedAt)}${question}`;
  const calls = writer.mentions(awaitedOf(hold));
  const buttons = 'items' in hold ? null : buttonsFor(hold);
  return {
    ...(buttons !== null && { buttons }),
    text: `${STATUS_WORDS.waiting.glyph} ${writer.text(words)}${calls}${writer.decisionLink(hold)}${writer.link(hold.step)}`
  };
}

const ENDS: { readonly [status: string]: { readonly glyph: string; readonly word: string } } = {
  approved: { glyph: STATUS_WORDS.passed.glyph, word: 'approved' },
  done: { glyph: STATUS_WORDS.passed.glyph, word: 'done' },
  rejected: STATUS_WORDS.rejected,
  stale: { glyph: STATUS_WORDS.stale.glyph, word: 'no longer counts' }
};

/** Whom a hold waits for. */
export function awaitedOf(hold: ApprovalState | ChecklistState): Mentioned[] {
  return 'items' in hold ? [] : standingOf(hold).awaited.map(name => seatOf(hold, name));
}

/** A name of a request, with its members when it is a group. */
export function seatOf(hold: ApprovalState, name: string): Mentioned {
  const { seats, escalation } = rulesOf(hold.request);
  const seat = [...seats, ...(escalation?.seats ?? [])].find(each => each.name === name);
  return { name, ...(seat?.members && { members: seat.members }) };
}

function taskListMessage(taskList: TaskListState, writer: ThreadWriter): Omit<ThreadMessage, 'key'> {
  const isDone = taskList.tasks.every(({ status }) => status === 'done');
  const glyph = isDone ? STATUS_WORDS.passed.glyph : STATUS_WORDS.waiting.glyph;
  return {
    text: writer.message([
      `${glyph} ${writer.text(`Tasks of “${taskList.name}”`)}${isDone ? '' : writer.decisionLink(taskList)}${writer.link(taskList.step)}`,
      ...taskList.tasks.map(task => taskLine(task, taskList, writer))
    ]),
    ...(isDone && { isOver: true })
  };
}

/** Not by the clock: that a task is late is told when it is reported. */
function taskLine(task: TaskState, { changedAt }: TaskListState, writer: ThreadWriter): string {
  const { name, members } = holderOf(task);
  const due = task.dueAt === null || task.status === 'done' ? '' : `, due ${formatUtc(task.dueAt)}`;
  const look = lookOfTask({ ...task, dueAt: null, answerBy: null }, changedAt);
  const calls = task.status === 'open' ? writer.mentions([{ name, ...(members && { members }) }]) : '';
  return `• ${writer.text(`${task.title}: ${name}, ${look}${due}`)}${calls}`;
}
