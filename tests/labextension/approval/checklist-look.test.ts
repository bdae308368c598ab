// Every state of a checklist, as a person sees it.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { ChecklistState } from '../../../contract/holds/hold.js';
import { checklistLook } from '../../../labextension/approval/checklist-look.js';
import { CHECKLIST_KIND } from '../../../labextension/approval/hold-kind.js';
import { ENGLISH } from '../english.js';
import { ANN, listed, opened, started, stateOf } from '../journal-of.js';

const ticked: RecordBody = { kind: 'checklist-ticked', checklist: 'list-1', item: 0, ticked: true, by: ANN };

function checklistAfter(...bodies: readonly RecordBody[]): ChecklistState {
  return stateOf(opened(), started('d'), listed(), ...bodies).checklists['list-1']!;
}

test('an item shows who ticked it and when; an optional one says so', () => {
  const look = checklistLook(checklistAfter(ticked), 'live', () => null, ENGLISH);
  expect(look.items).toMatchObject([
    { isTicked: true, detail: 'Ann Lee (claimed) · 2026-11-22 08:00:04 UTC' },
    { isTicked: false, detail: 'optional' }
  ]);
  expect(look).toMatchObject({ progress: '1 of 2 done', canTick: true, glyph: 'waiting' });
});

test('an item that was just ticked shows it before the kernel has recorded it', () => {
  const look = checklistLook(checklistAfter(), 'live', item => (item === 1 ? true : null), ENGLISH);
  expect(look.items[1]).toMatchObject({ isTicked: true, isSending: true });
  expect(look.progress).toBe('0 of 2 done');
});

test('nothing can be ticked without the kernel that asked, and the note says why', () => {
  const look = checklistLook(checklistAfter(), 'no-kernel', () => null, ENGLISH);
  expect(look.canTick).toBe(false);
  expect(look.note).toContain('no kernel of this run');
});

test.each([
  ['done', 'passed', 'Done', ''],
  ['withdrawn', 'aborted', 'Withdrawn', 'The step ended before the list was done. Run it again.']
] as const)('a checklist that is %s is for reading', (status, glyph, word, note) => {
  const look = checklistLook(
    checklistAfter(ticked, { kind: 'checklist-closed', checklist: 'list-1', status }),
    'live',
    () => null,
    ENGLISH
  );
  expect(look).toMatchObject({ glyph, word, note, canTick: false });
});

test('a damaged payload is refused', () => {
  expect(CHECKLIST_KIND.read({ version: 1, checklist: { id: 'x' } })).toBeNull();
  expect(CHECKLIST_KIND.read(undefined)).toBeNull();
  expect(CHECKLIST_KIND.read({ version: 1, run: null, checklist: checklistAfter() })).toEqual(
    checklistAfter()
  );
});
