// What a list of people's tasks looks like, as plain data: who has which task, until when, and what was heard.
import {
  holderOf,
  lookOfTask,
  missingTasks,
  type TaskListState,
  type TaskLook,
  type TaskState
} from '../../contract/holds/task-list.js';
import { TASK_WORDS, type TASK_ACTS } from '../../contract/holds/task-words.js';
import { isNamed } from '../../contract/holds/approval-rules.js';
import { formatUtc } from '../../contract/base/format.js';
import { describePerson, type Person } from '../../contract/base/person.js';
import type { StatusName } from '../page/status-look.js';
import type { Words } from '../page/words.js';
import { readOnlyNote } from './approval-look.js';
import { notRecordedWord, type HoldAccess } from './hold-access.js';

/** What a person can say of a task. */
export type TaskAction = keyof typeof TASK_ACTS;

export interface TaskLine {
  readonly id: string;
  readonly title: string;
  readonly glyph: StatusName;
  readonly word: string;
  /** Who has it; of a deputy also since when, and for whom. */
  readonly holder: string;
  readonly due: string;
  /** What was heard last, or what a check has found. */
  readonly heard: string;
  readonly isCritical: boolean;
  readonly actions: readonly TaskAction[];
}

export interface TaskListLook {
  readonly glyph: StatusName;
  readonly word: string;
  readonly name: string;
  readonly progress: string;
  readonly tasks: readonly TaskLine[];
  readonly note: string;
}

const GLYPHS: { readonly [look in TaskLook]: StatusName } = {
  open: 'not-started',
  accepted: 'running',
  claimed: 'inconclusive',
  done: 'passed',
  late: 'failed',
  silent: 'waiting'
};

/** The look of `taskList` at `now` (ISO 8601 UTC) for `you`, who is null where that is not known. `driver`: who may report for the others. */
export function taskListLook(
  taskList: TaskListState,
  access: HoldAccess,
  you: Person | null,
  now: string,
  words: Words,
  driver: string | null = null
): TaskListLook {
  const done = taskList.tasks.filter(task => task.status === 'done').length;
  const missing = taskList.gathering === null ? [] : missingTasks(taskList, taskList.gathering);
  const isOver = taskList.status === 'gathered';
  if (access === 'not-recorded') {
    const note = readOnlyNote(access, words);
    const head = { glyph: 'inconclusive' as const, word: notRecordedWord(words), name: taskList.name };
    return { ...head, progress: '', tasks: [], note };
  }
  return {
    glyph: isOver ? 'passed' : taskList.gathering === null ? 'running' : 'waiting',
    word: isOver
      ? words.__('Gathered')
      : taskList.gathering === null
        ? words.__('Assigned')
        : words._n('Waiting for %1 task', 'Waiting for %1 tasks', missing.length),
    name: taskList.name,
    progress: words.__('%1 of %2 done', done, taskList.tasks.length),
    tasks: taskList.tasks.map(task => lineOf(task, access, you, now, words, driver)),
    note: isOver || access === 'live' ? '' : readOnlyNote(access, words)
  };
}

function lineOf(
  task: TaskState,
  access: HoldAccess,
  you: Person | null,
  now: string,
  words: Words,
  driver: string | null
): TaskLine {
  const look = lookOfTask(task, now);
  const holder = holderOf(task);
  const isHandedOver = task.handedOverAt !== null && task.deputy !== null;
  return {
    id: task.id,
    title: task.title,
    glyph: GLYPHS[look],
    word: words.__(TASK_WORDS[look]),
    holder: isHandedOver
      ? words.__('%1 for %2 since %3', holder.name, task.owner.name, formatUtc(task.handedOverAt))
      : holder.name,
    due: task.dueAt === null ? '' : words.__('due %1', formatUtc(task.dueAt)),
    heard: heardOf(task, words),
    isCritical: task.critical,
    actions: access === 'live' ? actionsOf(task, you, driver) : []
  };
}

function heardOf({ heard, checkFault, hasCheck, status }: TaskState, words: Words): string {
  const said = heard
    ? [describePerson(heard.by), formatUtc(heard.at), heard.comment].filter(text => text !== '').join(' · ')
    : '';
  const check =
    checkFault !== ''
      ? words.__('The check says: %1', checkFault)
      : status === 'claimed' && hasCheck
        ? words.__('Its check has not passed yet.')
        : '';
  return [said, check].filter(text => text !== '').join('. ');
}

/** Only people who are named, and the driver, may report on a task. The kernel enforces it; without the buttons nobody runs into its refusal. */
function actionsOf(task: TaskState, you: Person | null, driver: string | null): readonly TaskAction[] {
  const seats = [task.owner, ...(task.deputy ? [task.deputy] : [])];
  if (you && you.username !== driver && !isNamed(you.username, seats)) {
    return [];
  }
  return { open: ['accept', 'done'], accepted: ['done'], claimed: ['reopen'], done: ['reopen'] }[
    task.status
  ] as TaskAction[];
}
