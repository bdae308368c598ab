// A person lets a failed step continue where it ended: what has passed is answered from the journal, what failed is done again.
import type { ContinuePlan } from '../../contract/plans/continue-plan.js';
import { attemptChain, isContinuable } from '../../contract/plans/resume-plan.js';
import type { Person } from '../../contract/base/person.js';
import { continuedEffects } from '../answers/continued-effects.js';
import { readEffects } from '../answers/recorded-effects.js';
import { type RecordedEffect } from '../answers/recorded-effect.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { makeError } from '../make-error.js';

/** What it works with. */
export interface ContinuingParts {
  readonly keeper: RunKeeper;
  /** SHA-256 (hex) of the step's text as it is now; undefined when the step is gone. */
  readonly hashOf: (step: string, texts: { readonly [step: string]: string }) => string | undefined;
}

/** Plans and records that a step is continued. */
export class Continuing {
  readonly #parts: ContinuingParts;

  constructor(parts: ContinuingParts) {
    this.#parts = parts;
  }

  /** @throws code `continue.nothing` when the last attempt of the step has passed, runs or continued by itself. */
  async plan(step: string, texts: { readonly [step: string]: string } = {}): Promise<ContinuePlan> {
    const { keeper, hashOf } = this.#parts;
    await keeper.open();
    const state = keeper.state.steps[step];
    const last = state?.attempts.at(-1);
    if (!state || !last || !isContinuable(state)) {
      throw makeError(
        'NothingToContinueError',
        'continue.nothing',
        `The step ${step} has no failed attempt that could be continued: ${last === undefined ? 'it has not run' : `its last attempt ${wordOf(last.outcome)}`}.`,
        'Run it as usual.'
      );
    }
    const attempts = attemptChain(state, last.attempt);
    const effects = (await readEffects(keeper.read(), [{ step, attempts }])).get(step) ?? [];
    const { kept, failed, repeated } = continuedEffects(effects);
    return {
      step,
      attempt: last.attempt,
      isEdited: hashOf(step, texts) !== last.sourceHash,
      kept: kept.map(lineOf),
      failed: failed.map(lineOf),
      repeated: repeated.map(lineOf),
      fromStart: effects.filter(({ end }) => end?.outcome === 'passed').map(lineOf)
    };
  }

  /**
   * The next attempt of the step continues the failed one.
   *
   * @throws as {@link Continuing.plan}; code `reason.missing` when the text was edited and nobody says why that is right.
   */
  async choose(
    step: string,
    reason: string,
    by: Person,
    texts: { readonly [step: string]: string } = {}
  ): Promise<ContinuePlan> {
    const plan = await this.plan(step, texts);
    if (plan.isEdited && reason.trim() === '') {
      throw makeError(
        'ReasonMissingError',
        'reason.missing',
        `The text of the step ${step} has changed since it failed, so it is not known whether what has passed still fits it.`,
        'Say why it does: %continue STEP REASON'
      );
    }
    const sourceHash = this.#parts.hashOf(step, texts);
    if (sourceHash === undefined) {
      throw makeError('StepGoneError', 'continue.gone', `The step ${step} is not in the notebook any more.`);
    }
    await this.#parts.keeper.append({
      kind: 'step-continued',
      step,
      attempt: plan.attempt,
      sourceHash,
      by,
      reason: reason.trim() === '' ? null : reason.trim()
    });
    return plan;
  }
}

function lineOf({ helper, label, lane }: RecordedEffect): string {
  return `${helper} ${label}${lane === undefined ? '' : ` (${lane.replace(/\d+:/g, '')})`}`;
}

function wordOf(outcome: string | null): string {
  return outcome === null ? 'still runs' : `is ${outcome}`;
}
