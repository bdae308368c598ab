// Which hold point locks which steps. A hold point is a step that asks people; it locks what comes after it by how that step ended, not by
// the names in its text. What the journal asked and nobody released locks too, wherever the notebook has gone since.
import type { ApprovalState } from '../holds/hold.js';
import {
  questionsOf,
  UNNAMED_HOLD,
  UNNAMED_STEP,
  type Outline,
  type StepOutline
} from '../notebook/outline.js';
import { unreleasedByName } from './hold-names.js';
import type { RunState } from './state.js';

/** An unreleased hold point that stands before a step. */
export interface Lock {
  readonly hold: string;
  /** The step that holds, and the phase it is in. */
  readonly step: string;
  readonly phase: string;
  /** The pending or refused request, or undefined when nobody was asked yet. */
  readonly approval: ApprovalState | undefined;
}

/** Code of the error of a step that asked people out of text that is not its own: nobody was asked, so it locks what comes after it. */
export const UNSEEN_QUESTION = 'hold.not_in_step';

/** A hold point that is not released. */
export type OpenHold = Pick<Lock, 'hold' | 'approval'>;

/**
 * The first hold point that locks `step`; undefined when the step may run. A cell that is in no notebook, such as one of a console, stands
 * behind every step that has begun.
 */
export function lockOf(state: RunState, outline: Outline, step: string): Lock | undefined {
  return locksOf(state, outline)(step);
}

/** Every request of the run that was never released and whose hold point was not left out either: the newest of its step. */
export function unreleasedRequests(state: RunState): ApprovalState[] {
  return stepsThatAsked(state).flatMap(step => openRequest(state, step) ?? []);
}

/** As `lockOf`, for many steps of one outline. */
export function locksOf(state: RunState, outline: Outline): (step: string) => Lock | undefined {
  if (state.run?.mode === 'dry-run') {
    return () => undefined; // nobody is asked, and nothing after a hold point is performed
  }
  // A cell that stands twice counts where it stands last.
  const places = new Map<string, { readonly index: number; readonly lock: Lock | undefined }>();
  let reached = -1;
  let index = 0;
  for (const { title: phase, steps } of outline.phases) {
    for (const step of steps) {
      const hold = unreleasedHold(state, outline, step);
      places.set(step.id, { index, lock: hold && { ...hold, step: step.id, phase } });
      reached = hasBegun(state, step.id) ? index : reached;
      index += 1;
    }
  }
  const open = [...places.values()].filter(({ lock }) => lock !== undefined);
  const isByOutcome = outline.locks === 'outcome';
  const asked =
    isByOutcome && state.run !== null ? unreleasedRequests(state).map(request => moved(state, request)) : [];
  return step => {
    const isOutside = isByOutcome && step.startsWith(UNNAMED_STEP);
    const place = places.get(step)?.index ?? (isOutside ? reached + 0.5 : undefined);
    if (place === undefined) {
      return undefined;
    }
    const before = open.find(hold => hold.index < place)?.lock;
    const elsewhere = asked.find(
      ({ lock, stoodBefore, stoodBehind }) =>
        lock.step !== step &&
        !stoodBefore.has(step) &&
        // One that came since stands before the hold point when the notebook says so.
        (stoodBehind.has(step) || (places.get(lock.step)?.index ?? -1) < place)
    );
    return before ?? elsewhere?.lock;
  };
}

function hasBegun(state: RunState, step: string): boolean {
  return (state.steps[step]?.attempts.length ?? 0) > 0;
}

/** The hold point of a step, as long as it is not released. */
export function unreleasedHold(state: RunState, outline: Outline, step: StepOutline): OpenHold | undefined {
  return outline.locks === 'outcome' ? openHold(state, step) : unreleasedByName(state, step);
}

/**
 * A step holds until it has passed, has asked, and everything of it was released; or until a person left it out. Nothing else begins while
 * it runs.
 */
function openHold(state: RunState, step: StepOutline): OpenHold | undefined {
  const { id } = step;
  const questions = questionsOf(step);
  const known = state.steps[id];
  if (known?.status === 'skipped') {
    return undefined;
  }
  const request = openRequest(state, id);
  if (request) {
    return { hold: request.name, approval: request };
  }
  if (questions.length === 0) {
    const isRefused = known?.attempts.at(-1)?.error?.code === UNSEEN_QUESTION;
    return isRefused ? { hold: nameOf(step, UNNAMED_HOLD), approval: undefined } : undefined;
  }
  const isDone =
    known?.status === 'passed' ||
    known?.status === 'running' ||
    (known?.status === 'stale' && known.stale?.because === 'rerun');
  return isDone && hasAsked(state, id)
    ? undefined
    : { hold: nameOf(step, questions[0]!), approval: undefined };
}

/** Its step tells which hold point it is where its text does not, such as that of a list of tasks. */
function nameOf({ title }: StepOutline, question: string): string {
  return question === UNNAMED_HOLD ? title || UNNAMED_HOLD : question;
}

/** What the step asked in the last attempt that asked anything, and what was released then and has fallen since. */
export function openRequest(state: RunState, step: string): ApprovalState | undefined {
  const known = state.steps[step];
  if (!known || known.holds.length === 0 || known.status === 'skipped') {
    return undefined;
  }
  const approvals = known.holds.flatMap(id => state.approvals[id] ?? []);
  if (approvals.length === 0) {
    return undefined;
  }
  const last = known.attempts.at(-1);
  const asking = Math.max(...approvals.map(({ attempt }) => attempt));
  const newest = [...new Map(approvals.map(approval => [approval.name, approval])).values()];
  return newest
    .filter(({ attempt, status, rev }) => {
      const isFallen = status === 'revoked' || status === 'stale';
      return attempt === asking || (isFallen && last !== undefined && rev > last.seq);
    })
    .find(({ status }) => status !== 'approved');
}

/** People were asked and have answered: a step that passes without it has gone round its own question. */
function hasAsked(state: RunState, step: string): boolean {
  return (state.steps[step]?.holds ?? []).some(
    id =>
      state.approvals[id]?.status === 'approved' ||
      state.checklists[id]?.status === 'done' ||
      state.taskLists[id] !== undefined
  );
}

/** What a console asked is no hold point of the runbook. */
function stepsThatAsked(state: RunState): string[] {
  const steps = new Set(Object.values(state.approvals).map(({ step }) => step));
  return [...steps].filter(step => !step.startsWith(UNNAMED_STEP));
}

/** A request with the steps that stood before and behind it when it was made. */
function moved(state: RunState, approval: ApprovalState) {
  const { before, behind } = state.askedBetween[approval.step] ?? { before: [], behind: [] };
  return {
    lock: { hold: approval.name, step: approval.step, phase: approval.phase, approval },
    stoodBefore: new Set(before),
    stoodBehind: new Set(behind)
  };
}
