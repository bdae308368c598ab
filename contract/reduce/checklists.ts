// What the records of checklists mean.
import type { ChecklistItem, ChecklistState } from '../holds/hold.js';
import { isPending } from '../holds/pending.js';
import { resumeStep, waitFor, type Draft, type RulesOf } from './draft.js';

export const CHECKLIST_RULES: RulesOf<'checklist-requested' | 'checklist-ticked' | 'checklist-closed'> = {
  'checklist-requested': (draft, record) => {
    draft.checklists[record.checklist] = {
      id: record.checklist,
      name: record.name,
      step: record.step,
      attempt: record.attempt,
      phase: record.phase,
      items: record.items.map(item => ({ ...item, ticked: null })),
      ...(record.nonce === undefined ? {} : { nonce: record.nonce }),
      requestedAt: record.at,
      status: 'pending',
      changedAt: record.at,
      rev: record.seq
    };
    waitFor(draft, record.step, record.checklist);
  },
  'checklist-ticked': (draft, record) => {
    const signed = record.signature && { signed: record.signature.id };
    const ticked = record.ticked ? { by: record.by, at: record.at, ...signed } : null;
    update(draft, record.checklist, record.at, record.seq, checklist => ({
      items: checklist.items.map((item, index): ChecklistItem =>
        index === record.item ? { ...item, ticked } : item
      )
    }));
  },
  'checklist-closed': (draft, record) => {
    const checklist = draft.checklists[record.checklist];
    update(draft, record.checklist, record.at, record.seq, () => ({ status: record.status }));
    if (checklist) {
      resumeStep(draft, checklist.step);
    }
  }
};

/** A process ended: nobody waits for these any more. */
export function withdrawChecklists(draft: Draft, at: string, seq: number): void {
  for (const checklist of Object.values(draft.checklists)) {
    if (isPending(checklist)) {
      update(draft, checklist.id, at, seq, () => ({ status: 'withdrawn' }));
    }
  }
}

function update(
  draft: Draft,
  id: string,
  at: string,
  seq: number,
  change: (checklist: ChecklistState) => Partial<ChecklistState>
): void {
  const checklist = draft.checklists[id];
  if (checklist) {
    draft.checklists[id] = { ...checklist, ...change(checklist), changedAt: at, rev: seq };
  }
}
