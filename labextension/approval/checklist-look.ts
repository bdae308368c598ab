// What a checklist looks like, as plain data.
import { formatUtc } from '../../contract/format.js';
import type { ChecklistState } from '../../contract/hold.js';
import { describePerson } from '../../contract/person.js';
import type { StatusName } from '../status-look.js';
import { bothClocks } from '../time-text.js';
import type { Words } from '../words.js';
import { readOnlyNote } from './approval-look.js';
import type { HoldAccess } from './hold-access.js';

export interface ItemLook {
  readonly text: string;
  readonly isTicked: boolean;
  readonly isSending: boolean;
  /** `Ann Lee (claimed) · 2026-11-22 07:50:03 UTC`, or that it is optional, or nothing. */
  readonly detail: string;
  readonly detailTitle: string;
}

export interface ChecklistLook {
  readonly glyph: StatusName;
  readonly word: string;
  readonly name: string;
  readonly items: readonly ItemLook[];
  /** `2 of 5 done` */
  readonly progress: string;
  readonly canTick: boolean;
  readonly note: string;
}

/** The look of `checklist`; `sentOf` tells what this page ticked and no record has confirmed yet. */
export function checklistLook(
  checklist: ChecklistState,
  access: HoldAccess,
  sentOf: (item: number) => boolean | null,
  words: Words
): ChecklistLook {
  const isPending = checklist.status === 'pending';
  const done = checklist.items.filter(item => item.ticked).length;
  return {
    ...headOf(checklist.status, words),
    name: checklist.name,
    items: checklist.items.map((item, index) => {
      const sent = sentOf(index);
      const { ticked } = item;
      return {
        text: item.text,
        isTicked: sent ?? ticked !== null,
        isSending: sent !== null,
        detail: ticked
          ? `${describePerson(ticked.by)} · ${formatUtc(ticked.at)}`
          : item.required
            ? ''
            : words.__('optional'),
        detailTitle: ticked ? bothClocks(ticked.at) : ''
      };
    }),
    progress: words.__('%1 of %2 done', done, checklist.items.length),
    canTick: isPending && access === 'live',
    note: isPending
      ? readOnlyNote(access, words)
      : checklist.status === 'withdrawn'
        ? words.__('The step ended before the list was done. Run it again.')
        : ''
  };
}

function headOf(status: ChecklistState['status'], words: Words): { glyph: StatusName; word: string } {
  switch (status) {
    case 'pending':
      return { glyph: 'waiting', word: words.__('Waiting') };
    case 'done':
      return { glyph: 'passed', word: words.__('Done') };
    case 'withdrawn':
      return { glyph: 'aborted', word: words.__('Withdrawn') };
  }
}
