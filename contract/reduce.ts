// The single meaning of a journal: a fold from records to the state of the run, used by kernel, extension and command.
// Trick: `applyRecord` writes into a state that the caller owns, so that long journals fold in linear time.
import type { ApprovalState, ChecklistItem, ChecklistState } from './hold.js';
import type { JournalRecord, RecordKind } from './journal.js';
import type { Outcome, StepStatus } from './run.js';
import { emptyRunState, type AttemptState, type RunState, type StepState } from './state.js';

/** A state under construction; only its owner may hold it. */
type Draft = {
  -readonly [K in keyof RunState]: RunState[K] extends { readonly [key: string]: infer V }
    ? { [key: string]: V }
    : RunState[K];
};
type Of<K extends RecordKind> = Extract<JournalRecord, { kind: K }>;
type Rules = { [K in RecordKind]: (draft: Draft, record: Of<K>) => void };

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
  'approval-requested': (draft, record) => {
    draft.approvals[record.approval] = {
      id: record.approval,
      name: record.name,
      step: record.step,
      attempt: record.attempt,
      phase: record.phase,
      request: record.request,
      content: record.content,
      requestedAt: record.at,
      status: 'pending',
      decisions: [],
      changedAt: record.at,
      rev: record.seq
    };
    waitFor(draft, record.step, record.approval);
  },
  'approval-decided': (draft, record) => {
    const approval = draft.approvals[record.approval];
    if (approval?.status === 'pending') {
      draft.approvals[record.approval] = {
        ...approval,
        status: record.decision.decision,
        decisions: [...approval.decisions, record.decision],
        changedAt: record.at,
        rev: record.seq
      };
      resumeStep(draft, approval.step);
    }
  },
  'approval-closed': (draft, record) =>
    closeApproval(draft, record.approval, record.status, record.at, record.seq),
  'checklist-requested': (draft, record) => {
    draft.checklists[record.checklist] = {
      id: record.checklist,
      name: record.name,
      step: record.step,
      attempt: record.attempt,
      phase: record.phase,
      items: record.items.map(item => ({ ...item, ticked: null })),
      requestedAt: record.at,
      status: 'pending',
      changedAt: record.at,
      rev: record.seq
    };
    waitFor(draft, record.step, record.checklist);
  },
  'checklist-ticked': (draft, record) => {
    const ticked = record.ticked ? { by: record.by, at: record.at } : null;
    updateChecklist(draft, record.checklist, record.at, record.seq, checklist => ({
      items: checklist.items.map((item, index): ChecklistItem =>
        index === record.item ? { ...item, ticked } : item
      )
    }));
  },
  'checklist-closed': (draft, record) => {
    const checklist = draft.checklists[record.checklist];
    updateChecklist(draft, record.checklist, record.at, record.seq, () => ({ status: record.status }));
    if (checklist) {
      resumeStep(draft, checklist.step);
    }
  },
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

function updateStep(
  draft: Draft,
  id: string,
  status: StepStatus,
  change: (attempts: readonly AttemptState[]) => readonly AttemptState[]
): void {
  const step = draft.steps[id];
  if (step) {
    draft.steps[id] = { ...step, status, attempts: change(step.attempts) };
  }
}

function waitFor(draft: Draft, id: string, hold: string): void {
  const step: StepState | undefined = draft.steps[id];
  if (step) {
    draft.steps[id] = { ...step, status: 'waiting', holds: [...step.holds, hold] };
  }
}

/** A step whose last open hold is settled runs again; it waits on while another one is pending. */
function resumeStep(draft: Draft, id: string): void {
  const step = draft.steps[id];
  const waits = step?.holds.some(
    hold => (draft.approvals[hold] ?? draft.checklists[hold])?.status === 'pending'
  );
  if (step?.status === 'waiting' && !waits) {
    draft.steps[id] = { ...step, status: 'running' };
  }
}

function closeApproval(
  draft: Draft,
  id: string,
  status: ApprovalState['status'],
  at: string,
  seq: number
): void {
  const approval = draft.approvals[id];
  if (approval) {
    draft.approvals[id] = { ...approval, status, changedAt: at, rev: seq };
    resumeStep(draft, approval.step);
  }
}

function updateChecklist(
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
  for (const approval of Object.values(draft.approvals)) {
    if (approval.status === 'pending') {
      closeApproval(draft, approval.id, 'withdrawn', at, seq);
    }
  }
  for (const checklist of Object.values(draft.checklists)) {
    if (checklist.status === 'pending') {
      updateChecklist(draft, checklist.id, at, seq, () => ({ status: 'withdrawn' }));
    }
  }
}
