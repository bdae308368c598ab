// How long the steps of a runbook usually take, from earlier runs of the same kind; and when one takes longer than that.
import type { Outline } from '../notebook/outline.js';
import { elapsedOf } from './phase-status.js';
import type { RunState } from './state.js';

/** How long one step took in earlier runs, waits for people included. */
export interface StepHabit {
  /** Half of the runs took at most this long. */
  readonly usualMs: number;
  /** Nine of ten runs took at most this long. */
  readonly mostMs: number;
  /** How many runs say so. */
  readonly runs: number;
}

/** By the step's id; a step that no run has passed is not in it. */
export interface Habits {
  readonly steps: { readonly [step: string]: StepHabit };
}

/** Fewer runs are no habit. */
const LEAST_RUNS = 3;
/** A step of seconds is never late by seconds. */
const LEAST_LATE_MS = 30_000;

/**
 * After how long a step takes longer than it usually does; null where too few runs say what is usual.
 *
 * @example
 * lateAfterMs({ usualMs: 60_000, mostMs: 80_000, runs: 5 }) // 90_000
 */
export function lateAfterMs(habit: StepHabit | undefined): number | null {
  return habit && habit.runs >= LEAST_RUNS
    ? Math.max(habit.mostMs, habit.usualMs * 1.5, habit.usualMs + LEAST_LATE_MS)
    : null;
}

/** A phase that is about to take longer than it usually does. */
export interface LatePhase {
  readonly id: string;
  readonly title: string;
  readonly usualMs: number;
  /** How much of its time is left, from now on. */
  readonly leftMs: number;
}

/**
 * The phase of a step that begins now, with how long it may still take. Null for a phase of one step, of which the step says the same, and
 * where a step of it has no habit.
 */
export function latePhaseOf(
  step: string,
  state: RunState,
  outline: Outline,
  { steps }: Habits
): LatePhase | null {
  const phase = outline.phases.find(each => each.steps.some(({ id }) => id === step));
  const needed = (phase?.steps ?? []).filter(({ isOptional, holds }) => !isOptional && holds.length === 0);
  const habits = needed.map(({ id }) => (Object.hasOwn(steps, id) ? steps[id] : undefined));
  if (!phase || needed.length < 2 || !habits.every(habit => habit !== undefined)) {
    return null;
  }
  const sum = (of: (habit: StepHabit) => number): number => habits.reduce((ms, habit) => ms + of(habit), 0);
  const late = lateAfterMs({
    usualMs: sum(({ usualMs }) => usualMs),
    mostMs: sum(({ mostMs }) => mostMs),
    runs: Math.min(...habits.map(({ runs }) => runs))
  });
  const tookMs = needed.reduce((ms, { id }) => ms + elapsedOf(state.steps[id]), 0);
  return late === null
    ? null
    : {
        id: phase.id,
        title: phase.title,
        usualMs: sum(({ usualMs }) => usualMs),
        leftMs: Math.max(0, late - tookMs)
      };
}
