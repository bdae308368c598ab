// A journal without secrets. Words that tie records together (ids, kinds, hashes) are ours and stay as they are.
import type { RecordBody } from '../../contract/journal.js';
import type { Journal } from '../../runbook/journal/journal.js';
import type { Masking } from './masking.js';

const TIES: ReadonlySet<string> = new Set([
  'kind',
  'run',
  'notebook',
  'version',
  'outline',
  'step',
  'phase',
  'effect',
  'helper',
  'approval',
  'checklist',
  'rollback',
  'outcome',
  'status',
  'by',
  'content',
  'sourceHash',
  'queuedAt',
  'from',
  'steps',
  'approvals',
  'rollbacks',
  'judgement'
]);

/** Masks every record on its way to `journal`. */
export function maskJournal(journal: Journal, masking: Masking): Journal {
  return {
    initialRecords: journal.initialRecords,
    torn: journal.torn ?? null,
    append: (body, durability) =>
      journal.append(masking.isIdle ? body : maskRecord(body, masking), durability),
    read: () => journal.read(),
    close: () => journal.close()
  };
}

function maskRecord(body: RecordBody, masking: Masking): RecordBody {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, TIES.has(key) ? value : masking.json(value)])
  ) as unknown as RecordBody;
}
