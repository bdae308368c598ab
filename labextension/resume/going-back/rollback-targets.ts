// Where a run can go back to, for people to choose from: its checkpoints, before each step that has run, before the first step.
import { WHOLE_RUN, type RollbackTarget } from '../../../contract/base/rollback-target.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import type { RunState } from '../../../contract/state/state.js';
import { utcNear } from '../../page/time-text.js';
import type { Words } from '../../page/words.js';

/** One place to go back to. */
export interface TargetChoice {
  readonly to: RollbackTarget;
  readonly text: string;
}

/** Places of one kind, under a heading. */
export interface TargetGroup {
  readonly title: string;
  readonly choices: readonly TargetChoice[];
}

/** The choices; empty groups are left out. `wanted` is always among them: that it is unknown, or has not run, is for its plan to say. */
export function rollbackTargets(
  state: RunState,
  outline: Outline,
  wanted: RollbackTarget,
  words: Words,
  now = Date.now()
): readonly TargetGroup[] {
  const newest = new Map(state.checkpoints.map(({ name, at, seq }) => [name, { name, at, seq }]));
  const checkpoints = [...newest.values()].sort((a, b) => b.seq - a.seq);
  const steps = outline.phases
    .flatMap(phase => phase.steps.map(step => ({ ...step, phase: phase.title })))
    .filter(({ id }) => id === wanted.step || hasRun(state, id));
  const groups = [
    {
      title: words.__('Checkpoints'),
      choices: checkpoints.map(({ name, at }) => ({
        to: { checkpoint: name, step: null },
        text: words.__('checkpoint “%1”, reached at %2', name, utcNear(at, now))
      }))
    },
    {
      title: words.__('Steps'),
      choices: steps.map(({ id, title, phase }) => ({
        to: { checkpoint: null, step: id },
        text: words.__('before “%1 › %2”', phase, title)
      }))
    },
    {
      title: words.__('Everything'),
      choices: [{ to: WHOLE_RUN, text: words.__('before the first step: the whole run') }]
    }
  ].filter(({ choices }) => choices.length > 0);
  const isOffered = groups.some(({ choices }) => choices.some(({ to }) => isSameTarget(to, wanted)));
  const unknown = { to: wanted, text: wanted.checkpoint ?? wanted.step ?? '' };
  return isOffered ? groups : [{ title: words.__('Not known'), choices: [unknown] }, ...groups];
}

/** What is offered first when nothing was asked for: the step of the active cell, else the newest checkpoint, else everything. */
export function likelyTarget(state: RunState, outline: Outline, activeCell: string | null): RollbackTarget {
  const isStep = outline.phases.some(phase => phase.steps.some(({ id }) => id === activeCell));
  if (activeCell !== null && isStep && hasRun(state, activeCell)) {
    return { checkpoint: null, step: activeCell };
  }
  const checkpoint = state.checkpoints.at(-1)?.name;
  return checkpoint === undefined ? WHOLE_RUN : { checkpoint, step: null };
}

function isSameTarget(a: RollbackTarget, b: RollbackTarget): boolean {
  return a.checkpoint === b.checkpoint && a.step === b.step;
}

/** There is an attempt of the step, or it was left out. */
export function hasRun({ steps }: RunState, id: string): boolean {
  const step = steps[id];
  return step !== undefined && (step.attempts.length > 0 || step.skipped !== null);
}
