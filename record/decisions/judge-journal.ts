// Judges a whole journal: its decisions, and whether each step that began was released with the text that it began with. A journal whose
// chain was written again can say anything; its records have to carry each other.
import type { ApprovalState } from '../../contract/holds/hold.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { isCellStep, phaseOfStep, type Outline } from '../../contract/notebook/outline.js';
import { isWayBack } from '../../contract/notebook/way-back.js';
import { applyRecord } from '../../contract/reduce/reduce.js';
import { lockOf } from '../../contract/state/hold-locks.js';
import { emptyRunState, type RunState } from '../../contract/state/state.js';
import { holdsMask } from '../../runbook/masking/masker.js';
import { sha256 } from '../hash.js';
import type { Fault, LineFault } from './fault.js';
import { JudgedRecords } from './judged-records.js';

/** What the records of a journal say. */
export interface JudgedJournal {
  readonly judged: JudgedRecords;
  /** Steps that began while they were locked, or with another text; records that cannot be read. */
  readonly faults: readonly LineFault[];
  /** What a person should know although it is no fault, one sentence each. */
  readonly notes: readonly string[];
  /** The state after the last record that can be read. */
  readonly state: RunState;
}

/**
 * Judges every record, in order, up to one that cannot be read: a line that was changed is a record still, of whatever shape.
 *
 * @param notebook - The outline of the notebook as it is now. Absent: that of the journal alone counts.
 */
export function judgeJournal(records: readonly JournalRecord[], notebook?: Outline): JudgedJournal {
  const state = emptyRunState();
  const notes: string[] = [];
  const judged = new JudgedRecords();
  const faults: LineFault[] = [];
  let line = 0;
  for (const record of records) {
    line += 1;
    const isSound = judged.take(record, state);
    try {
      if (record.kind === 'attempt-started') {
        const found = faultsOfAttempt(record, state, outlineFor(record.step, state, records.slice(line)));
        faults.push(...found.map(fault => ({ line, ...fault })));
        const lock = found.length === 0 && notebook && lockOf(state, notebook, record.step);
        if (lock) {
          notes.push(
            `Line ${line} of the journal begins the step ${record.step} before “${lock.hold}” was released, which stands before it in the notebook and did not in the outline of the journal.`
          );
        }
      }
      applyRecord(state, record, isSound);
    } catch {
      const text = `is a record of the kind ${record.kind} whose fields cannot be read`;
      faults.push({ line, code: 'journal.bad_record', text });
      break;
    }
    if (judged.isUnreadable) {
      break;
    }
  }
  return { judged, faults, notes: [...new Set(notes)], state };
}

/** The kernel records an outline before the first step of it. A step that was put before it is judged by the first one that has it. */
function outlineFor(step: string, { outline }: RunState, later: readonly JournalRecord[]): Outline {
  if (!isCellStep(step) || phaseOfStep(outline, step)) {
    return outline;
  }
  const next = later.find(record => record.kind === 'outline' && phaseOfStep(record.outline, step));
  return next?.kind === 'outline' ? next.outline : outline;
}

/** Of every hold point the newest request: older ones release nothing. */
export function newestOf(approvals: Iterable<ApprovalState>): ApprovalState[] {
  return [
    ...new Map(
      [...approvals].map(approval => [JSON.stringify([approval.step, approval.name]), approval])
    ).values()
  ];
}

function faultsOfAttempt(
  { step, source, sourceHash }: Extract<JournalRecord, { kind: 'attempt-started' }>,
  before: RunState,
  outline: Outline
): Fault[] {
  const lock = isWayBack(source) ? undefined : lockOf(before, outline, step);
  const faults: Fault[] = lock
    ? [
        {
          code: 'step.ran_locked',
          text: `begins the step ${step} after “${lock.hold}”, which ${lock.approval ? `was ${lock.approval.status}` : 'nobody had been asked about'}`
        }
      ]
    : [];
  if (sha256(source) !== sourceHash && !holdsMask(source)) {
    faults.push({
      code: 'step.other_text',
      text: `begins the step ${step} with a text that is not the one of its hash`
    });
  }
  if (!isWayBack(source)) {
    for (const { name } of newestOf(Object.values(before.approvals)).filter(one =>
      forbids(one, step, sourceHash)
    )) {
      faults.push({
        code: 'step.not_approved',
        text: `begins the step ${step} with another text than “${name}” was approved for`
      });
    }
  }
  return faults;
}

/** Versions before bound an approval to its phase alone. */
function forbids({ status, binding }: ApprovalState, step: string, hash: string): boolean {
  const bound =
    status === 'approved' && binding?.reach !== undefined
      ? binding.cells.find(({ id }) => id === step)
      : undefined;
  return bound !== undefined && !bound.hashes.includes(hash);
}
