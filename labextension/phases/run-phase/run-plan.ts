// Which steps "run phase" runs. In a run a step that passed is not run a second time unless the person says so: it may deploy.
// In a scratch notebook every step runs, because the variables of an earlier kernel are gone.
import type { PhaseStatus } from '../../../contract/base/run.js';
import type { Outline, PhaseOutline } from '../../../contract/notebook/outline.js';
import { continuableAttempt } from '../../../contract/plans/resume-plan.js';
import { isPhaseDone, summarizePhases } from '../../../contract/state/phase-status.js';
import type { RunState } from '../../../contract/state/state.js';
import { DONE } from '../../page/status-look.js';
import type { StepToRun } from './run-steps.js';

export interface RunPlan {
  readonly title: string;
  readonly steps: readonly StepToRun[];
  /** What has to be asked before: nothing, whether all of it runs again, or about steps whose end nobody knows. */
  readonly ask: 'nothing' | 'again' | 'inconclusive';
  /** Titles of the steps that the question is about. */
  readonly about: readonly string[];
}

export interface PlanInput {
  readonly outline: Outline;
  readonly state: RunState;
  readonly isRun: boolean;
  /** A kernel of ours runs it: no other one knows hold points. */
  readonly isOurs: boolean;
  /** Id of a phase; without it the first one that has not passed and is not optional as a whole. */
  readonly phase: string | undefined;
}

/** The plan, or null when there is no such phase or it has no steps. */
export function planPhase({ outline, state, isRun, isOurs, phase }: PlanInput): RunPlan | null {
  const summaries = summarizePhases(state, outline);
  const id = phase ?? summaries.find(summary => !isPhaseDone(summary))?.id;
  const found = outline.phases.find(candidate => candidate.id === id);
  if (!found || found.steps.length === 0) {
    return null;
  }
  const statuses = new Map(
    summaries.flatMap(summary => summary.steps.map((step): [string, PhaseStatus] => [step.id, step.status]))
  );
  const open = found.steps.filter(step => !DONE.has(statuses.get(step.id) ?? 'not-started'));
  const plan = (steps: PhaseOutline['steps'], ask: RunPlan['ask'], about: readonly string[]): RunPlan => ({
    title: found.title,
    steps: steps.map(step => ({
      id: step.id,
      isHold: step.holds.length > 0 || (isOurs && step.isUnknown === true)
    })),
    ask,
    about
  });
  if (!isRun) {
    return plan(found.steps, 'nothing', []);
  }
  if (open.length === 0) {
    return plan(found.steps, 'again', titlesOf(found.steps));
  }
  // A step that died with its process goes on where it stopped; one that was stopped by a person begins again.
  const unknown = open.filter(
    step => statuses.get(step.id) === 'inconclusive' && !continuableAttempt(state.steps[step.id])
  );
  return plan(open, unknown.length > 0 ? 'inconclusive' : 'nothing', titlesOf(unknown));
}

function titlesOf(steps: PhaseOutline['steps']): string[] {
  return steps.map(step => step.title);
}
