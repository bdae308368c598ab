// The single meaning of a journal: a fold from records to the state of the run, used by kernel, extension and command.
// Trick: `applyRecord` writes into a state that the caller owns, so that long journals fold in linear time.
import type { JournalRecord, RecordKind } from './journal.js';
import { APPROVAL_RULES, withdrawApprovals } from './reduce/approvals.js';
import { BOARD_RULES, endGathering } from './reduce/boards.js';
import { CHECKLIST_RULES, withdrawChecklists } from './reduce/checklists.js';
import { updateStep, type Draft, type RulesOf } from './reduce/draft.js';
import { DRIVER_RULES } from './reduce/driver.js';
import type { Outcome } from './run.js';
import { emptyRunState, type AttemptState, type RunState } from './state.js';

type Rules = RulesOf<RecordKind>;

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

const RULES: Rules = {
  ...APPROVAL_RULES,
  ...CHECKLIST_RULES,
  ...BOARD_RULES,
  ...DRIVER_RULES,
  'journal-opened': (draft, record) => {
    draft.run = record.run;
    draft.notebook = record.notebook;
    draft.openedAt = record.at;
  },
  'kernel-started': (draft, record) => closeRunning(draft, record.at, record.seq),
  'executor-replaced': (draft, record) => closeRunning(draft, record.at, record.seq),
  outline: (draft, record) => {
    draft.outline = record.outline;
  },
  'attempt-started': (draft, record) => {
    const before = draft.steps[record.step];
    const attempt: AttemptState = {
      attempt: record.attempt,
      executionCount: record.executionCount,
      by: record.by,
      sourceHash: record.sourceHash,
      queuedAt: record.queuedAt,
      startedAt: record.at,
      endedAt: null,
      durationMs: null,
      outcome: null,
      error: null
    };
    draft.steps[record.step] = {
      id: record.step,
      status: 'running',
      attempts: [...(before?.attempts ?? []), attempt],
      holds: before?.holds ?? []
    };
  },
  'attempt-ended': (draft, record) => {
    updateStep(draft, record.step, record.outcome, attempts =>
      attempts.map(attempt =>
        attempt.attempt === record.attempt
          ? {
              ...attempt,
              endedAt: record.at,
              durationMs: record.durationMs,
              outcome: record.outcome,
              error: record.error ?? null
            }
          : attempt
      )
    );
  },
  'effect-started': (draft, record) => {
    draft.openEffects[record.effect] = {
      id: record.effect,
      step: record.step,
      attempt: record.attempt,
      helper: record.helper,
      label: record.label,
      startedAt: record.at,
      outcome: null
    };
  },
  'effect-ended': (draft, record) => {
    delete draft.openEffects[record.effect];
  },
  'effect-planned': () => undefined,
  checkpoint: (draft, record) => {
    draft.checkpoints = [...draft.checkpoints, { name: record.name, step: record.step, at: record.at }];
  },
  'rollback-registered': (draft, record) => {
    const rollback = {
      id: record.rollback,
      name: record.name,
      step: record.step,
      status: 'registered' as const
    };
    // A name that is registered again takes the place of the earlier one, unless that has been undone.
    const others = draft.rollbacks.filter(({ name, status }) => name !== record.name || status === 'passed');
    draft.rollbacks = [...others, rollback];
  },
  'rollback-started': (draft, record) => setRollback(draft, record.rollback, 'running'),
  'rollback-ended': (draft, record) => setRollback(draft, record.rollback, record.outcome),
  note: (draft, record) => {
    draft.notes = [...draft.notes, { text: record.text, step: record.step, by: record.by, at: record.at }];
  }
};

function setRollback(draft: Draft, id: string, status: 'running' | Outcome): void {
  draft.rollbacks = draft.rollbacks.map(rollback =>
    rollback.id === id ? { ...rollback, status } : rollback
  );
}

/** A process ended: whatever ran or waited in it has no known end. */
function closeRunning(draft: Draft, at: string, seq: number): void {
  for (const step of Object.values(draft.steps)) {
    if (step.status === 'running' || step.status === 'waiting') {
      updateStep(draft, step.id, 'inconclusive', attempts =>
        attempts.map(attempt =>
          attempt.endedAt === null ? { ...attempt, endedAt: at, outcome: 'inconclusive' } : attempt
        )
      );
    }
  }
  withdrawApprovals(draft, at, seq);
  withdrawChecklists(draft, at, seq);
  endGathering(draft, at, seq);
}
