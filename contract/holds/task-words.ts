// One voice for tasks: how each is called in the notebook, on a phone, in the archive and in the report alike.
import type { TaskLook } from './task-list.js';

/** How a task stands, as a person reads it. */
export const TASK_WORDS: { readonly [look in TaskLook]: string } = {
  open: 'open',
  accepted: 'taken on',
  claimed: 'reported as done, not checked yet',
  done: 'done',
  late: 'late',
  silent: 'no answer in time'
};

/** What a person says of a task, as the buttons say it. */
export const TASK_ACTS = { accept: 'I take it on', done: 'Done', reopen: 'Open again' } as const;
