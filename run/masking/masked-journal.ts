// A journal without secrets.
import type { JsonObject } from '../../contract/base/json.js';
import type { ApprovalRequested } from '../../contract/journal/people.js';
import type { RecordBody } from '../../contract/journal/journal.js';
import type { Journal } from '../../record/journal/journal.js';
import { maskStructure } from './masked-structure.js';
import type { Masking } from './masking.js';

/** Masks every record on its way to `journal`. */
export function maskJournal(journal: Journal, masking: Masking): Journal {
  const asked = new Map<string, ApprovalRequested>();
  const note = (body: RecordBody): void => {
    if (body.kind === 'approval-requested') {
      asked.set(body.approval, body);
    }
  };
  journal.initialRecords.forEach(note);
  const { folding } = journal;
  folding?.shown.kept.forEach(note);
  // Decisions are recorded after that.
  void folding?.truth?.then(({ kept }) => kept.forEach(note)).catch(() => undefined);
  return {
    get initialRecords() {
      return journal.initialRecords;
    },
    forgetInitialRecords: () => journal.forgetInitialRecords?.(),
    ...(folding && { folding }),
    get reach() {
      return journal.reach!;
    },
    torn: journal.torn ?? null,
    ...(journal.archived && { archived: journal.archived }),
    append: (body, durability) => {
      note(body);
      return journal.append(masking.isIdle ? body : maskRecord(body, masking, asked), durability);
    },
    read: kind => journal.read(kind),
    moveTo: async path => journal.moveTo?.(path),
    close: () => journal.close()
  };
}

function maskRecord(
  body: RecordBody,
  masking: Masking,
  asked: ReadonlyMap<string, ApprovalRequested>
): RecordBody {
  const masked = maskStructure(body, masking);
  if (body.kind !== 'approval-decided' || masked.kind !== 'approval-decided' || !body.decision.values) {
    return masked;
  }
  const values = chosen(body.decision.values, asked.get(body.approval));
  return { ...masked, decision: { ...masked.decision, values: { ...masked.decision.values, ...values } } };
}

/** Answers that are one of the choices of the form: such an answer is a word of a closed set. */
function chosen(values: JsonObject, request: ApprovalRequested | undefined): JsonObject {
  const form = request?.request.rules?.form ?? [];
  const isChoice = ([field, value]: readonly [string, unknown]): boolean =>
    form.some(({ name, choices }) => name === field && (choices as readonly unknown[]).includes(value));
  return Object.fromEntries(Object.entries(values).filter(isChoice));
}
