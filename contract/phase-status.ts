// Where each phase stands, and which hold point locks it. Derived from outline and state; nothing is stored.
import type { BoardState } from './board.js';
import type { ApprovalState, ChecklistState } from './hold.js';
import { undoStepOf, UNNAMED_HOLD, type Outline, type PhaseOutline, type StepOutline } from './outline.js';
import type { PhaseStatus, StepStatus } from './run.js';
import { lastAttemptOf, type AttemptState, type RunState } from './state.js';

/** An unreleased hold point that stands before a step. */
export interface Lock {
  readonly hold: string;
  /** The step that holds, and the phase it is in. */
  readonly step: string;
  readonly phase: string;
  /** The pending or refused request, or undefined when nobody was asked yet. */
  readonly approval: ApprovalState | undefined;
}

/** Carried from phase to phase: true once the locking step has been passed. */
interface LockProgress {
  isBehindLock: boolean;
}

/** A phase with what a person wants to know about it. */
export interface PhaseSummary {
  readonly id: string;
  readonly title: string;
  readonly status: PhaseStatus;
  readonly steps: readonly { readonly id: string; readonly title: string; readonly status: PhaseStatus }[];
  /** Skipped ones included. */
  readonly passedSteps: number;
  readonly skippedSteps: number;
  /** Sum of the last attempts' durations, in milliseconds. */
  readonly elapsedMs: number;
  /** Holds of this phase that wait for people now. */
  readonly waiting: readonly (ApprovalState | ChecklistState)[];
  /** Boards of this phase that have tasks left. */
  readonly boards: readonly BoardState[];
  readonly lock: Lock | undefined;
}

/**
 * Every phase of `outline` as it stands in `state`.
 * The outline may be newer than the one in the journal: a front end passes the one of the open document.
 */
export function summarizePhases(state: RunState, outline: Outline = state.outline): PhaseSummary[] {
  const lock = firstUnreleasedHold(state, outline);
  const progress: LockProgress = { isBehindLock: false };
  return outline.phases.map(phase => summarizePhase(state, phase, lock, progress));
}

/** The first hold point before `step` that is not released; undefined when the step may run. Unknown steps have no lock. */
export function lockOf(state: RunState, outline: Outline, step: string): Lock | undefined {
  const lock = firstUnreleasedHold(state, outline);
  return lock && isAfter(outline, step, lock.step) ? lock : undefined;
}

/** The first hold point of the run that is not released, or undefined when every one is. */
export function firstUnreleasedHold(state: RunState, outline: Outline): Lock | undefined {
  if (state.run?.mode === 'dry-run') {
    return undefined; // nobody is asked, and nothing behind a hold point is performed
  }
  for (const phase of outline.phases) {
    for (const step of phase.steps) {
      const open = unreleasedHold(state, step);
      if (open) {
        return { ...open, step: step.id, phase: phase.title };
      }
    }
  }
  return undefined;
}

/** Since when the step waits for people, ISO 8601 UTC; null when it does not. */
export function waitingSince(state: RunState, step: string): string | null {
  const asked = (state.steps[step]?.holds ?? []).flatMap(
    id => state.approvals[id] ?? state.checklists[id] ?? []
  );
  const pending = asked.filter(({ status }) => status === 'pending').map(({ requestedAt }) => requestedAt);
  return pending.sort()[0] ?? null;
}

function unreleasedHold(state: RunState, step: StepOutline): Pick<Lock, 'hold' | 'approval'> | undefined {
  const last = lastAttemptOf(state, step.id);
  const asked = (state.steps[step.id]?.holds ?? []).flatMap(id => state.approvals[id] ?? []);
  const computed = asked.filter(({ name }) => !step.holds.includes(name));
  const named = step.holds.filter(name => name !== UNNAMED_HOLD);
  const names = new Set([...named, ...computed.filter(each => isOf(each, last)).map(({ name }) => name)]);
  // Before its cell has passed, nobody knows how many names it will compute.
  if (named.length < step.holds.length && (last?.outcome !== 'passed' || computed.length === 0)) {
    names.add(UNNAMED_HOLD);
  }
  for (const hold of names) {
    const approval = asked.findLast(candidate => candidate.name === hold);
    if (approval?.status !== 'approved') {
      return { hold, approval };
    }
  }
  return undefined;
}

/** Asked in this attempt, or released before it, taken over by it, and not standing any more since. */
function isOf({ attempt, status, rev }: ApprovalState, last: AttemptState | undefined): boolean {
  const isFallen = status === 'revoked' || status === 'stale';
  return attempt === last?.attempt || (isFallen && last !== undefined && rev > last.seq);
}

function summarizePhase(
  state: RunState,
  phase: PhaseOutline,
  lock: Lock | undefined,
  progress: LockProgress
): PhaseSummary {
  const steps = phase.steps.map(step => {
    const status = statusOfStep(state, step);
    const isLocked = progress.isBehindLock;
    progress.isBehindLock ||= step.id === lock?.step;
    return {
      id: step.id,
      title: step.title,
      status: isLocked && status === 'not-started' ? ('locked' as const) : status,
      isLocked
    };
  });
  const holds = phase.steps.flatMap(step => state.steps[step.id]?.holds ?? []);
  return {
    id: phase.id,
    title: phase.title,
    status: statusOfPhase(steps.map(step => step.status)),
    steps: steps.map(({ id, title, status }) => ({ id, title, status })),
    passedSteps: steps.filter(step => step.status === 'passed' || step.status === 'skipped').length,
    skippedSteps: steps.filter(step => step.status === 'skipped').length,
    elapsedMs: phase.steps.reduce((sum, step) => sum + (lastAttemptOf(state, step.id)?.durationMs ?? 0), 0),
    waiting: holds
      .map(hold => state.approvals[hold] ?? state.checklists[hold])
      .filter(hold => hold?.status === 'pending')
      .map(hold => hold!),
    boards: boardsOf(state, phase),
    lock: steps[0]?.isLocked ? lock : undefined
  };
}

/**
 * A hold point that was released and is not any more has to be asked again, although its cell passed. And what a step did may be undone
 * already, in a rollback that has not come to its end.
 */
function statusOfStep(state: RunState, step: StepOutline): StepStatus {
  const status = state.steps[step.id]?.status ?? 'not-started';
  if (status !== 'passed' || state.run?.mode === 'dry-run') {
    return status;
  }
  if (isUndone(state, step.id)) {
    return 'stale';
  }
  const approval = unreleasedHold(state, step)?.approval;
  return approval?.status === 'revoked' || approval?.status === 'stale' ? 'stale' : status;
}

/** By a person: a cell that undoes is a step of the runbook, and what it undoes has passed as planned. */
function isUndone(state: RunState, step: string): boolean {
  const last = lastAttemptOf(state, step)?.attempt;
  return state.rollbacks.some(
    ({ id, step: undone, attempt, status, ranIn }) =>
      undone === step && attempt === last && status === 'passed' && ranIn === undoStepOf(id)
  );
}

function boardsOf(state: RunState, phase: PhaseOutline): BoardState[] {
  const ids = new Set(phase.steps.map(step => step.id));
  return Object.values(state.boards).filter(
    board => ids.has(board.step) && board.tasks.some(task => task.status !== 'done')
  );
}

/** The word of the phase: the worst thing that needs attention first, then progress. */
export function statusOfPhase(steps: readonly PhaseStatus[]): PhaseStatus {
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
    return 'passed';
  }
  if (done > 0) {
    return 'running';
  }
  return steps[0] === 'locked' ? 'locked' : 'not-started';
}

function isAfter(outline: Outline, step: string, other: string): boolean {
  const ids = outline.phases.flatMap(phase => phase.steps.map(candidate => candidate.id));
  return ids.indexOf(step) > ids.indexOf(other);
}
