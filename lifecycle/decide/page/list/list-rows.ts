// The items of a checklist and the tasks of a list as rows of one kind: what is to be done, how it stands, what can be said about it.
import type { ListPageData } from '../../../../contract/decide/decision-page.js';
import type { ActAction } from '../../../../contract/decide/signed-act.js';
import { describePerson } from '../../../../contract/base/person.js';
import { formatUtc } from '../../../../contract/base/format.js';
import { holderOf, lookOfTask } from '../../../../contract/holds/task-list.js';
import { TASK_WORDS } from '../../../../contract/holds/task-words.js';

/** One row. */
export interface ListRow {
  readonly item: string;
  readonly text: string;
  /** How it stands, a sentence. */
  readonly standing: string;
  readonly isDone: boolean;
  /** What the reader may say of it; of the tasks of others nothing. */
  readonly actions: readonly ActAction[];
  /** True: the reader is among those who may. */
  readonly isOwn: boolean;
  /** Who may; null: anybody. */
  readonly names: readonly string[] | null;
  /** Id of the statement that was signed last about it. */
  readonly signed: string | undefined;
}

/** The rows for a reader who is called `by`, '' while nobody has said who they are. `now` is ISO 8601 UTC. */
export function rowsOf(list: ListPageData['list'], now: string, by: string): ListRow[] {
  if ('items' in list) {
    return list.items.map(({ text, required, ticked }, index) => ({
      item: String(index),
      text,
      standing: ticked
        ? `✓ ${describePerson(ticked.by)}, ${formatUtc(ticked.at)}`
        : required
          ? 'open'
          : 'open, optional',
      isDone: ticked !== null,
      actions: list.status !== 'pending' || ticked ? [] : ['tick' as const],
      isOwn: true,
      names: null,
      signed: ticked?.signed
    }));
  }
  return list.tasks.map(task => {
    const { id, title, heard, dueAt, status, owner, deputy, checkFault } = task;
    const look = lookOfTask(task, now);
    const members = [owner, deputy].flatMap(seat => (seat === null ? [] : [seat.members]));
    const names = members.includes(null) ? null : members.flatMap(each => each ?? []);
    const isOwn = names === null || names.includes(by);
    return {
      item: id,
      text: title,
      standing: [
        look === 'done' ? `✓ ${TASK_WORDS.done}` : TASK_WORDS[look],
        holderOf(task).name,
        ...(dueAt !== null && look !== 'done' ? [`due ${formatUtc(dueAt)}`] : []),
        ...(heard ? [`${describePerson(heard.by)}, ${formatUtc(heard.at)}`] : []),
        ...(checkFault === '' ? [] : [`check: ${checkFault}`])
      ].join(', '),
      isDone: status === 'done',
      actions:
        status === 'done' || status === 'claimed' || (by !== '' && !isOwn)
          ? []
          : status === 'open'
            ? ['done' as const, 'accept' as const]
            : ['done' as const],
      isOwn,
      names,
      signed: heard?.signed
    };
  });
}
