// What a checklist looks like, as plain data.
import { formatUtc } from '../../contract/base/format.js';
import type { ChecklistState } from '../../contract/holds/hold.js';
import { isPending } from '../../contract/holds/pending.js';
import { describePerson } from '../../contract/base/person.js';
import type { StatusName } from '../page/status-look.js';
import { bothClocks } from '../page/time-text.js';
import type { Words } from '../page/words.js';
import { readOnlyNote } from './approval-look.js';
import { notRecordedWord, type HoldAccess } from './hold-access.js';

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
  const isRecorded = access !== 'not-recorded';
  const isAwaited = isPending(checklist);
  const done = checklist.items.filter(item => isRecorded && item.ticked).length;
  return {
    ...(isRecorded
      ? headOf(checklist.status, words)
      : { glyph: 'inconclusive' as const, word: notRecordedWord(words) }),
    name: checklist.name,
    items: checklist.items.map((item, index) => {
      const sent = sentOf(index);
      const ticked = isRecorded ? item.ticked : null;
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
    canTick: isAwaited && access === 'live',
    note:
      isAwaited || !isRecorded
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
