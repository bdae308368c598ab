// The single meaning of a journal: a fold from records to the state of the run, used by kernel, extension and command.
// Trick: `applyRecord` writes into a state that the caller owns, so that long journals fold in linear time. The rules are in reduce/.
import { faultOfRecord } from '../journal/fault-of-record.js';
import type { JournalRecord, RecordBody, RecordKind } from '../journal/journal.js';
import { APPROVAL_RULES } from './approvals.js';
import { ATTEMPT_RULES } from './attempts.js';
import { TASK_LIST_RULES } from './task-lists.js';
import { CHECKLIST_RULES } from './checklists.js';
import type { Draft, RulesOf } from './draft.js';
import { DRIVER_RULES } from './driver.js';
import { EFFECT_RULES } from './effects.js';
import { OUTPUT_RULES } from './outputs.js';
import { REHEARSAL_RULES } from './rehearsals.js';
import { POLICY_RULES } from './policy.js';
import { RESUME_RULES } from './resume.js';
import { ROLLBACK_RULES } from './rollbacks.js';
import { RUN_RULES } from './run.js';
import { emptyRunState, type RunState } from '../state/state.js';

/**
 * The state after all `records`. Total: records that refer to unknown things, and those whose
 * fields are not as their kind has them, change nothing else.
 *
 * @example
 * foldJournal(readJournal(text).records).seq // 42
 */
export function foldJournal(records: Iterable<JournalRecord>): RunState {
  const state = emptyRunState();
  for (const record of records) {
    applyRecord(state, record);
  }
  return state;
}

/**
 * Applies one record to a state that the caller owns and nobody else reads at the same time.
 * A record that is already in the state (its `seq` is not higher) changes nothing.
 *
 * @param isSound - Whether its fields are as its kind has them. Absent: it is looked at.
 */
export function applyRecord(
  state: RunState,
  record: JournalRecord,
  isSound: boolean = faultOfRecord(record) === null
): void {
  if (record.seq <= state.seq) {
    return;
  }
  const draft = state as unknown as Draft;
  draft.seq = record.seq;
  // What an earlier version has kept of a long journal does not have it.
  const latest = draft.latestAt ?? draft.lastAt;
  draft.latestAt = latest === null || record.at > latest ? record.at : latest;
  // The run had its end before it was archived.
  draft.lastAt = record.kind === 'run-archived' ? draft.lastAt : record.at;
  if (isSound) {
    ruleOf(record.kind)?.(draft, record);
  }
}

/** Applies what has happened and could not be written yet. When it is written, it changes nothing more. */
export function applyUnwritten(state: RunState, body: RecordBody): void {
  const draft = state as unknown as Draft;
  const record = { ...body, seq: state.seq, at: state.lastAt ?? '', prev: '' };
  ruleOf(body.kind)?.(draft, record);
}

/** None for a kind of a later version, and for words that every object has. */
function ruleOf(kind: string): ((draft: Draft, record: JournalRecord) => void) | undefined {
  return Object.hasOwn(RULES, kind)
    ? (RULES[kind as RecordKind] as (draft: Draft, record: JournalRecord) => void)
    : undefined;
}

const RULES: RulesOf<RecordKind> = {
  ...RUN_RULES,
  ...ATTEMPT_RULES,
  ...EFFECT_RULES,
  ...APPROVAL_RULES,
  ...CHECKLIST_RULES,
  ...TASK_LIST_RULES,
  ...DRIVER_RULES,
  ...REHEARSAL_RULES,
  ...POLICY_RULES,
  ...OUTPUT_RULES,
  ...ROLLBACK_RULES,
  ...RESUME_RULES
};
