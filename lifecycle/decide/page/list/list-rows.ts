// The items of a checklist and the tasks of a list as rows of one kind: what is to be done, how it stands, what can be said about it.
import type { ListPageData } from '../../../../contract/decide/decision-page.js';
import type { ActAction } from '../../../../contract/decide/signed-act.js';
import { describePerson } from '../../../../contract/base/person.js';
import { formatUtc } from '../../../../contract/base/format.js';
import { holderOf, lookOfTask, type TaskLook } from '../../../../contract/holds/task-list.js';

/** One row. */
export interface ListRow {
  readonly item: string;
  readonly text: string;
  /** How it stands, a sentence. */
  readonly standing: string;
  readonly isDone: boolean;
  readonly actions: readonly { readonly action: ActAction; readonly label: string }[];
  /** Who may; null: anybody. */
  readonly names: readonly string[] | null;
  /** Id of the statement that was signed last about it. */
  readonly signed: string | undefined;
}

/** The rows; `now` is ISO 8601 UTC. */
export function rowsOf(list: ListPageData['list'], now: string): ListRow[] {
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
      actions: list.status !== 'pending' || ticked ? [] : [{ action: 'tick' as const, label: 'Done' }],
      names: null,
      signed: ticked?.signed
    }));
  }
  return list.tasks.map(task => {
    const { id, title, heard, dueAt, status, owner, deputy, checkFault } = task;
    const look = lookOfTask(task, now);
    const members = [owner, deputy].flatMap(seat => (seat === null ? [] : [seat.members]));
    return {
      item: id,
      text: title,
      standing: [
        WORDS[look],
        holderOf(task).name,
        ...(dueAt !== null && look !== 'done' ? [`due ${formatUtc(dueAt)}`] : []),
        ...(heard ? [`${describePerson(heard.by)}, ${formatUtc(heard.at)}`] : []),
        ...(checkFault === '' ? [] : [`check: ${checkFault}`])
      ].join(', '),
      isDone: status === 'done',
      actions:
        status === 'done' || status === 'claimed'
          ? []
          : [
              { action: 'done' as const, label: 'Done' },
              ...(status === 'open' ? [{ action: 'accept' as const, label: 'I take it on' }] : [])
            ],
      names: members.includes(null) ? null : members.flatMap(names => names ?? []),
      signed: heard?.signed
    };
  });
}

const WORDS: { readonly [look in TaskLook]: string } = {
  open: 'open',
  accepted: 'taken on',
  claimed: 'said to be done, not checked yet',
  done: '✓ done',
  late: 'late',
  silent: 'nothing heard in time'
};
