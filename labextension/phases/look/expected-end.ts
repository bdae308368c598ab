// When the run may end: the sum of what the open steps took before, as long as each of them was measured. Nobody can tell how long people
// will take, so steps that ask them are left out and the text says so.
import type { Outline, StepOutline } from '../../../contract/notebook/outline.js';
import type { AttemptState, RunState } from '../../../contract/state/state.js';
import { DONE } from '../../page/status-look.js';

/**
 * The work that is left, in milliseconds; null when nothing is open or an open step has never been measured.
 * `earlierMs` tells how long a step took in an earlier run, or null; `now` is in milliseconds since 1970.
 */
export function expectedRest(
  state: RunState,
  outline: Outline,
  now: number,
  earlierMs: (step: string) => number | null = () => null
): number | null {
  return restOf(
    outline.phases.flatMap(phase => phase.steps),
    { state, now, earlierMs }
  );
}

/** The work that is left until the end of each phase that is not done, in milliseconds, by its id; none behind one of which nobody can tell. */
export function expectedEnds(
  state: RunState,
  outline: Outline,
  now: number,
  earlierMs: (step: string) => number | null = () => null
): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  let leftMs = 0;
  for (const { id, steps } of outline.phases) {
    if (!steps.some(step => isOpen(step, state))) {
      continue;
    }
    const ms = restOf(steps, { state, now, earlierMs });
    if (ms === null) {
      break;
    }
    leftMs += ms;
    ends.set(id, leftMs);
  }
  return ends;
}

interface Measures {
  readonly state: RunState;
  readonly now: number;
  readonly earlierMs: (step: string) => number | null;
}

/** Null when none of them is open, and when one that is was never measured. */
function restOf(steps: readonly StepOutline[], { state, now, earlierMs }: Measures): number | null {
  let leftMs: number | null = null;
  for (const step of steps) {
    if (!isOpen(step, state)) {
      continue;
    }
    const usualMs = measuredMs(state, step.id) ?? earlierMs(step.id);
    if (usualMs === null) {
      return null;
    }
    leftMs = (leftMs ?? 0) + Math.max(0, usualMs - runningMs(state, step.id, now));
  }
  return leftMs;
}

function isOpen({ id, holds, isOptional }: StepOutline, state: RunState): boolean {
  return holds.length === 0 && isOptional !== true && !DONE.has(state.steps[id]?.status ?? 'not-started');
}

/** How long the step took when it passed last without waiting for people, or null. */
function measuredMs(state: RunState, step: string): number | null {
  const passed = state.steps[step]?.attempts.findLast(
    attempt => attempt.outcome === 'passed' && !hasWaited(state, step, attempt)
  );
  return passed?.durationMs ?? null;
}

function hasWaited(state: RunState, step: string, attempt: AttemptState): boolean {
  return (state.steps[step]?.holds ?? []).some(
    hold => (state.approvals[hold] ?? state.checklists[hold])?.attempt === attempt.attempt
  );
}

function runningMs(state: RunState, step: string, now: number): number {
  const last = state.steps[step]?.attempts.at(-1);
  return last && last.endedAt === null ? Math.max(0, now - Date.parse(last.startedAt)) : 0;
}
