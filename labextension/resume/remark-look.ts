// What stands below a cell whose step was left out, counts no longer or was cut off: who, when, why, and what to do.
import type { Outline } from '../../contract/notebook/outline.js';
import { describePerson } from '../../contract/base/person.js';
import { attemptChain, continuableAttempt, effectsToJudge } from '../../contract/plans/resume-plan.js';
import type { RunState, StaleState, StepState } from '../../contract/state/state.js';
import { toneOf, type Tone } from '../page/status-look.js';
import { utcNear } from '../page/time-text.js';
import type { Words } from '../page/words.js';

export interface RemarkLook {
  readonly tone: Tone;
  readonly text: string;
}

/** The remark on a step, or null when its status says everything. */
export function remarkLook(
  step: StepState | undefined,
  state: RunState,
  outline: Outline,
  words: Words,
  now = Date.now()
): RemarkLook | null {
  const text = step ? textOf(step, { state, outline, words, now }) : '';
  return step && text !== '' ? { tone: toneOf(step.status), text } : null;
}

interface Told {
  readonly state: RunState;
  readonly outline: Outline;
  readonly words: Words;
  readonly now: number;
}

function textOf(step: StepState, told: Told): string {
  const { words, now } = told;
  if (step.skipped) {
    const { by, at, reason } = step.skipped;
    return words.__('Skipped by %1 at %2: %3', describePerson(by), utcNear(at, now), reason);
  }
  if (step.stale) {
    return staleText(step.stale, told);
  }
  return step.status === 'inconclusive' ? cutOffText(step, told) : '';
}

function staleText({ at, because, cause }: StaleState, { outline, words, now }: Told): string {
  const since = utcNear(at, now);
  const why: { readonly [B in StaleState['because']]: () => string } = {
    rerun: () => words.__('“%1” before it was run again', titleOf(outline, cause)),
    rewound: () => words.__('the run went back to “%1”', cause),
    'rolled-back': () => words.__('it was rolled back (%1)', cause),
    discarded: () => words.__('its variables were given up (%1)', cause)
  };
  return words.__('Stale since %1, because %2. It has to be run again.', since, why[because]());
}

function cutOffText(step: StepState, { state, words, now }: Told): string {
  const died = continuableAttempt(step);
  if (!died) {
    return words.__(
      'It was stopped in its middle. Run it again, and it begins from its start: what it had done is done once more.'
    );
  }
  const [open] = effectsToJudge(state, step.id, attemptChain(step, died.attempt));
  return open
    ? words.__(
        'It was cut off. “%1” began at %2 and has no recorded end: say what became of it, then the step goes on.',
        open.label,
        utcNear(open.startedAt, now)
      )
    : words.__(
        'It was cut off. Run it again, and it continues where it stopped; nothing that had ended is done twice.'
      );
}

function titleOf(outline: Outline, step: string): string {
  const steps = outline.phases.flatMap(phase => phase.steps);
  return steps.find(({ id }) => id === step)?.title ?? step;
}
