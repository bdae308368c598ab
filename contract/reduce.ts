// The single meaning of a journal: a fold from records to the state of the run, used by kernel, extension and command.
// Trick: `applyRecord` writes into a state that the caller owns, so that long journals fold in linear time. The rules are in reduce/.
import type { JournalRecord, RecordKind } from './journal.js';
import { APPROVAL_RULES } from './reduce/approvals.js';
import { ATTEMPT_RULES } from './reduce/attempts.js';
import { BOARD_RULES } from './reduce/boards.js';
import { CHECKLIST_RULES } from './reduce/checklists.js';
import type { Draft, RulesOf } from './reduce/draft.js';
import { DRIVER_RULES } from './reduce/driver.js';
import { EFFECT_RULES } from './reduce/effects.js';
import { OUTPUT_RULES } from './reduce/outputs.js';
import { REHEARSAL_RULES } from './reduce/rehearsals.js';
import { POLICY_RULES } from './reduce/policy.js';
import { RESUME_RULES } from './reduce/resume.js';
import { ROLLBACK_RULES } from './reduce/rollbacks.js';
import { RUN_RULES } from './reduce/run.js';
import { emptyRunState, type RunState } from './state.js';

/**
 * The state after all `records`. Total: records that refer to unknown things change nothing else.
 *
 * @example
 * replay(readJournal(text).records).seq // 42
 */
export function replay(records: Iterable<JournalRecord>): RunState {
  const state = emptyRunState();
  for (const record of records) {
    applyRecord(state, record);
  }
  return state;
}

/**
 * Applies one record to a state that the caller owns and nobody else reads at the same time.
 * A record that is already in the state (its `seq` is not higher) changes nothing.
 */
export function applyRecord(state: RunState, record: JournalRecord): void {
  if (record.seq <= state.seq) {
    return;
  }
  const draft = state as unknown as Draft;
  draft.seq = record.seq;
  draft.lastAt = record.at;
  const rule = RULES[record.kind] as ((draft: Draft, record: JournalRecord) => void) | undefined;
  rule?.(draft, record);
}

const RULES: RulesOf<RecordKind> = {
  ...RUN_RULES,
  ...ATTEMPT_RULES,
  ...EFFECT_RULES,
  ...APPROVAL_RULES,
  ...CHECKLIST_RULES,
  ...BOARD_RULES,
  ...DRIVER_RULES,
  ...REHEARSAL_RULES,
  ...POLICY_RULES,
  ...OUTPUT_RULES,
  ...ROLLBACK_RULES,
  ...RESUME_RULES
};
