// When a step or a phase ran, found by its title or id in the state of the run. The helper library asks for the time windows of searches.
import { phaseOfStep, type Outline } from '../../contract/notebook/outline.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import type { RecordedTimes } from '../../runbook/ports.js';
import { makeError } from '../make-error.js';

/**
 * The times of the last attempt of a step, or from the first beginning to the last end of the last attempts of a phase's steps.
 *
 * @throws code `run.no_such_step`, `run.ambiguous_step` or `run.not_started`, each with what there is.
 */
export function recordedTimesOf(state: RunState, outline: Outline, name: string): RecordedTimes {
  const found = candidatesOf(outline, name);
  if (found.length > 1) {
    throw makeError(
      'NoTimesError',
      'run.ambiguous_step',
      `“${name}” names ${found.map(place => `the ${place.kind} ${place.where}`).join(' and ')}, expected one.`,
      'Give one of them another heading, or use the id of the cell.'
    );
  }
  const place = found[0];
  if (!place) {
    const known = outline.phases.flatMap(phase => [phase.title, ...phase.steps.map(step => step.title)]);
    throw makeError(
      'NoTimesError',
      'run.no_such_step',
      `There is no phase or step “${name}”.${didYouMean(name, known)} Phases: ${outline.phases.map(phase => phase.title).join(', ') || 'none'}.`,
      'Name the heading of a phase, or the heading or first line of a step.'
    );
  }
  const attempts = place.steps
    .map(step => lastAttemptOf(state, step))
    .filter(attempt => attempt !== undefined);
  if (attempts.length === 0) {
    throw makeError(
      'NoTimesError',
      'run.not_started',
      `The ${place.kind} “${name}” has not run yet, so it has no times.`,
      'Run it first.'
    );
  }
  const ends = attempts.map(attempt => attempt.endedAt);
  return {
    kind: place.kind,
    title: place.title,
    startedAt: attempts.map(attempt => attempt.startedAt).sort()[0]!,
    endedAt: ends.some(end => end === null) ? null : (ends as string[]).sort().at(-1)!
  };
}

interface Place {
  readonly kind: 'step' | 'phase';
  readonly title: string;
  /** For telling two of them apart. */
  readonly where: string;
  readonly steps: readonly string[];
}

/** A phase wins over its own step of the same title: the phase is what people see. */
function candidatesOf(outline: Outline, name: string): Place[] {
  const phases = outline.phases
    .filter(phase => phase.title === name || phase.id === name)
    .map((phase): Place => ({
      kind: 'phase',
      title: phase.title,
      where: `“${phase.title}”`,
      steps: phase.steps.map(step => step.id)
    }));
  const steps = outline.phases.flatMap(phase =>
    phase.steps
      .filter(step => step.title === name || step.id === name)
      .filter(step => !phases.some(found => found.steps.includes(step.id)))
      .map((step): Place => ({
        kind: 'step',
        title: step.title,
        where: `in the phase “${phaseOfStep(outline, step.id)?.title ?? ''}”`,
        steps: [step.id]
      }))
  );
  return [...phases, ...steps];
}
