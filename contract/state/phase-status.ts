// The state of each phase, and which hold point locks it (hold-locks.ts). Derived from outline and state; nothing is stored.
import type { ApprovalState } from '../holds/hold.js';
import { pendingHolds, type HoldState } from '../holds/pending.js';
import { undoStepOf, type Outline, type PhaseOutline, type StepOutline } from '../notebook/outline.js';
import type { PhaseStatus, StepStatus } from '../base/run.js';
import { locksOf, unreleasedHold, type Lock } from './hold-locks.js';
import { lastAttemptOf, type RunState, type StepState } from './state.js';

/** Carried from phase to phase: true once a step that may lock, because nobody has read it yet, has been passed. */
interface LockProgress {
  isBehindUnknown: boolean;
}

/** A step of a phase. */
export interface StepSummary {
  readonly id: string;
  readonly title: string;
  readonly status: PhaseStatus;
  /** It has no place in the order. Absent: it has. */
  readonly isOptional?: true;
}

/** A phase with what a person wants to know about it. */
export interface PhaseSummary {
  readonly id: string;
  readonly title: string;
  readonly status: PhaseStatus;
  readonly steps: readonly StepSummary[];
  /** All of its steps are optional, and none has begun: nothing is missing without it. */
  readonly isUnneeded: boolean;
  /** Without those that were skipped. */
  readonly passedSteps: number;
  readonly skippedSteps: number;
  /** Sum of the durations of all attempts, in milliseconds. */
  readonly elapsedMs: number;
  /** Holds of this phase that wait for people now. */
  readonly waiting: readonly HoldState[];
  readonly lock: Lock | undefined;
  /** A step before it has not passed, and whether it holds is not known here. */
  readonly isLockUnknown: boolean;
}

/**
 * Every phase of `outline` as it stands in `state`.
 * The outline may be newer than the one in the journal: a front end passes the one of the open document.
 */
export function summarizePhases(state: RunState, outline: Outline = state.outline): PhaseSummary[] {
  const lockOfStep = locksOf(state, outline);
  const progress: LockProgress = { isBehindUnknown: false };
  const pending = pendingHolds(state);
  return outline.phases.map(phase => summarizePhase(state, outline, phase, lockOfStep, progress, pending));
}

/** Since when the step waits for a decision or a checklist, ISO 8601 UTC; null when it does not. */
export function waitingSince(state: RunState, step: string): string | null {
  const pending = pendingHolds(state, state.steps[step]?.holds ?? []);
  return pending.flatMap(hold => ('tasks' in hold ? [] : hold.requestedAt)).sort()[0] ?? null;
}

function summarizePhase(
  state: RunState,
  outline: Outline,
  phase: PhaseOutline,
  lockOfStep: (step: string) => Lock | undefined,
  progress: LockProgress,
  pending: readonly HoldState[]
): PhaseSummary {
  const { isBehindUnknown } = progress;
  const lock = phase.steps[0] && lockOfStep(phase.steps[0].id);
  const steps = phase.steps.map((step): StepSummary => {
    const status = statusOfStep(state, outline, step);
    progress.isBehindUnknown ||= step.isUnknown === true && status !== 'passed' && status !== 'skipped';
    return {
      id: step.id,
      title: step.title,
      ...(step.isOptional && { isOptional: step.isOptional }),
      status: status === 'not-started' && lockOfStep(step.id) ? 'locked' : status
    };
  });
  return {
    id: phase.id,
    title: phase.title,
    status: statusOfPhase(steps),
    steps,
    isUnneeded: steps.length > 0 && steps.every(isUnneeded),
    passedSteps: steps.filter(step => step.status === 'passed').length,
    skippedSteps: steps.filter(step => step.status === 'skipped').length,
    elapsedMs: phase.steps.reduce((sum, step) => sum + elapsedOf(state.steps[step.id]), 0),
    waiting: phase.steps.flatMap(({ id }) => pending.filter(hold => hold.step === id)),
    lock,
    isLockUnknown: isBehindUnknown && lock === undefined
  };
}

/** What the attempts of a step took together, in milliseconds; one that has no end counts nothing. */
export function elapsedOf(step: StepState | undefined): number {
  return (step?.attempts ?? []).reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
}

type DonePhase = Pick<PhaseSummary, 'status'> & Partial<Pick<PhaseSummary, 'isUnneeded'>>;

/** True for a phase in which nothing is left to do: also for one of optional steps that have not begun. */
export function isPhaseDone({ status, isUnneeded: isLeft = false }: DonePhase): boolean {
  return status === 'passed' || status === 'skipped' || isLeft;
}

/**
 * A hold point that was released and is not any more has to be asked again, although its cell passed. And what a step did may be undone
 * already, in a rollback that has not come to its end.
 */
function statusOfStep(state: RunState, outline: Outline, step: StepOutline): StepStatus {
  return standingOf(state, step.id, unreleasedHold(state, outline, step)?.approval);
}

/** As it is in the journal, but for one that has passed and does not count any more. `approval`: what it asked and was not released. */
export function standingOf(state: RunState, step: string, approval: ApprovalState | undefined): StepStatus {
  const status = state.steps[step]?.status ?? 'not-started';
  if (status !== 'passed' || state.run?.mode === 'dry-run') {
    return status;
  }
  if (isUndone(state, step)) {
    return 'stale';
  }
  return approval?.status === 'revoked' || approval?.status === 'stale' ? 'stale' : status;
}

/** True when a person has undone what the last attempt of a step did: a cell that undoes is a step of the runbook, and what it undoes has passed as planned. */
export function isUndone(state: RunState, step: string): boolean {
  const last = lastAttemptOf(state, step)?.attempt;
  return state.rollbacks.some(
    ({ id, step: undone, attempt, status, ranIn }) =>
      undone === step && attempt === last && status === 'passed' && ranIn === undoStepOf(id)
  );
}

/** True for an optional step that has not begun: nothing is missing without it. */
export function isUnneeded({ isOptional, status }: Pick<StepSummary, 'isOptional' | 'status'>): boolean {
  return isOptional === true && (status === 'not-started' || status === 'locked');
}

/** The word of the phase: the worst thing that needs attention first, then progress. Optional steps that have not begun do not count. */
export function statusOfPhase(all: readonly Pick<StepSummary, 'isOptional' | 'status'>[]): PhaseStatus {
  const needed = all.filter(step => !isUnneeded(step));
  const steps = (needed.length > 0 ? needed : all).map(({ status }) => status);
  const ordered: readonly PhaseStatus[] = [
    'waiting',
    'running',
    'rejected',
    'failed',
    'inconclusive',
    'stale'
  ];
  const worst = ordered.find(status => steps.includes(status));
  if (worst) {
    return worst;
  }
  const done = steps.filter(status => status === 'passed' || status === 'skipped').length;
  if (done === steps.length && steps.length > 0) {
    return steps.includes('passed') ? 'passed' : 'skipped';
  }
  if (done > 0) {
    return 'begun';
  }
  return steps[0] === 'locked' ? 'locked' : 'not-started';
}
