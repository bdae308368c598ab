// When the run may end: the sum of what the open steps took before. Nobody can tell how long people will take, so time at hold
// points is left out and the text says so.
import type { Outline } from '../../contract/outline.js';
import type { AttemptState, RunState } from '../../contract/state.js';

/** The rest of a run. */
export interface Expectation {
  /** Work that is left, in milliseconds. */
  readonly leftMs: number;
  /** Open steps whose duration nobody has seen; they count as much as the usual step. */
  readonly guessedSteps: number;
}

/**
 * What is left, or null when nothing is open or no duration is known.
 * `earlierMs` tells how long a step took in an earlier run, or null; `now` is in milliseconds since 1970.
 */
export function expectedRest(
  state: RunState,
  outline: Outline,
  now: number,
  earlierMs: (step: string) => number | null = () => null
): Expectation | null {
  const steps = outline.phases.flatMap(phase => phase.steps);
  const open = steps.filter(step => !DONE.has(state.steps[step.id]?.status ?? 'not-started'));
  const known = steps.flatMap(step => usualMs(state, step.id) ?? []);
  const usual = median(known);
  if (open.length === 0 || (usual === null && open.every(step => earlierMs(step.id) === null))) {
    return null;
  }
  let leftMs = 0;
  let guessedSteps = 0;
  for (const step of open) {
    const seen = usualMs(state, step.id) ?? earlierMs(step.id);
    guessedSteps += seen === null ? 1 : 0;
    leftMs += Math.max(0, (seen ?? usual ?? 0) - runningMs(state, step.id, now));
  }
  return { leftMs, guessedSteps };
}

const DONE: ReadonlySet<string> = new Set(['passed', 'skipped']);

/** How long the step took when it passed last without waiting for people, or null. */
function usualMs(state: RunState, step: string): number | null {
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

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
