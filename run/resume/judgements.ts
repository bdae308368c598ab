// What people decide: how an effect without an end has ended, that variables are given up, that a step is left out. Each is on disk
// before it counts.
import type { Judgement } from '../../contract/base/judgement.js';
import { byId } from '../../contract/base/by-id.js';
import {
  EMPTY_OUTLINE,
  questionsOf,
  stepNamed,
  type Outline,
  type StepOutline
} from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { unreleasedHold, unreleasedRequests, type OpenHold } from '../../contract/state/hold-locks.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { makeError } from '../make-error.js';
import { refuseWithoutReason } from '../refuse-without-reason.js';
import type { RunKeeper } from '../keeper/run-keeper.js';

/** What the judgements are written with. */
export interface JudgementParts {
  readonly keeper: RunKeeper;
  readonly outline: () => Outline;
}

const WORDS: readonly string[] = ['passed', 'failed', 'again'] satisfies readonly Judgement[];

/** Takes what people decide, and refuses what makes no sense, with the reason. */
export class Judgements {
  readonly #parts: JudgementParts;

  constructor(parts: JudgementParts) {
    this.#parts = parts;
  }

  /** @throws code `judge.unknown`, `judge.running`, `judge.bad_word`, `reason.missing`. */
  async judge(effect: string, judgement: string, reason: string, by: Person): Promise<void> {
    const { keeper } = this.#parts;
    await keeper.open();
    const undecided = byId({ ...keeper.state.cutOffEffects, ...keeper.state.openEffects });
    const found = undecided[effect];
    if (!found) {
      throw refuse(
        'judge.unknown',
        `This run has no effect ${effect} of which somebody has to say how it ended.`,
        openOnes(Object.keys(undecided))
      );
    }
    const attempt = keeper.state.steps[found.step]?.attempts.find(({ attempt: n }) => n === found.attempt);
    if (attempt?.endedAt === null) {
      throw refuse('judge.running', `“${found.label}” still runs, so there is nothing to judge yet.`);
    }
    if (!WORDS.includes(judgement)) {
      throw refuse(
        'judge.bad_word',
        `A judgement is passed, failed or again, not ${JSON.stringify(judgement)}.`
      );
    }
    refuseWithoutReason(reason, 'A judgement');
    await keeper.append({
      kind: 'effect-judged',
      effect,
      judgement: judgement as Judgement,
      reason: reason.trim(),
      by
    });
  }

  /** @throws code `discard.unknown`, `reason.missing`. `from` is null for everything. */
  async discard(from: string | null, reason: string, by: Person): Promise<void> {
    const { keeper } = this.#parts;
    await keeper.open();
    refuseWithoutReason(reason, 'Running steps again');
    if (from !== null && !keeper.state.steps[from]) {
      throw refuse('discard.unknown', `The step ${from} has not run yet, so there is nothing to discard.`);
    }
    await keeper.append({ kind: 'recovery-discarded', from, by, reason: reason.trim() });
  }

  /**
   * Leaves a step out. A hold point is left out only where nobody can be asked any more: its step has passed without asking, or is no
   * longer in the notebook. That is a release against the policy, which `faultOfHolds` may refuse.
   *
   * @param name - Id of the step, or the name of its hold point.
   * @throws code `skip.unknown`, `skip.running`, `skip.passed`, `skip.hold`, `reason.missing`.
   */
  async skip(
    name: string,
    reason: string,
    by: Person,
    faultOfHolds: (holds: readonly string[]) => Error | null
  ): Promise<void> {
    const { keeper, outline } = this.#parts;
    await keeper.open();
    refuseWithoutReason(reason, 'Leaving a step out');
    const found = stepToSkip(keeper.state, outline(), name);
    if (!found) {
      throw refuse(
        'skip.unknown',
        `The notebook has no step ${name}, and nobody waits for an answer of that name.`
      );
    }
    const { id: step, title } = found;
    const status = keeper.state.steps[step]?.status;
    if (status === 'running' || status === 'waiting') {
      throw refuse(
        'skip.running',
        `“${title}” runs (attempt ${lastAttemptOf(keeper.state, step)?.attempt}).`,
        'Interrupt it first.'
      );
    }
    const hold = unreleasedHold(keeper.state, outline(), found);
    if (status === 'passed' && !hold) {
      throw refuse('skip.passed', `“${title}” has passed already.`);
    }
    const isHold = questionsOf(found).length > 0 || (keeper.state.steps[step]?.holds ?? []).length > 0;
    if (isHold && (!hold || !canNobodyAsk(keeper.state, found, hold))) {
      throw refuse(
        'skip.hold',
        `“${title}” holds the run for people, and a hold point cannot be left out while it can be asked.`,
        'Have it approved.'
      );
    }
    const fault = hold ? faultOfHolds([hold.hold]) : null;
    if (fault) {
      throw fault;
    }
    const holds = hold ? { holds: [hold.hold] } : {};
    await keeper.append({ kind: 'step-skipped', step, by, reason: reason.trim(), ...holds });
  }
}

interface StepToSkip extends StepOutline {
  /** It is in the notebook no longer. */
  readonly isGone?: true;
}

/**
 * By its id or title; else a request that was never released, or a hold point of the notebook, by their names. The cell of a step that is
 * open may have been deleted since the run began.
 */
function stepToSkip(state: RunState, outline: Outline, name: string): StepToSkip | undefined {
  const steps = outline.phases.flatMap(phase => phase.steps);
  const gone = unreleasedRequests(state)
    .filter(({ step }) => !steps.some(({ id }) => id === step))
    .find(request => request.step === name || request.name === name);
  const deleted = stepNamed(state.outlineAtStart ?? EMPTY_OUTLINE, name);
  return (
    stepNamed(outline, name) ??
    (gone && { id: gone.step, title: gone.name, holds: [], isGone: true }) ??
    steps.find(step => questionsOf(step).includes(name)) ??
    (deleted && { ...deleted, isGone: true })
  );
}

/** A request that was made in the last attempt, or that fell after it, is made again when the step is run again. */
function canNobodyAsk(state: RunState, { id, isGone }: StepToSkip, { approval }: OpenHold): boolean {
  const last = lastAttemptOf(state, id);
  const isFallen = approval?.status === 'revoked' || approval?.status === 'stale';
  return isGone === true || (last?.outcome === 'passed' && !isFallen && approval?.attempt !== last.attempt);
}

function openOnes(ids: readonly string[]): string {
  return ids.length === 0 ? 'Every effect of the run has its end.' : `Without an end: ${ids.join(', ')}.`;
}

function refuse(code: string, message: string, hint?: string): Error {
  return makeError('WordRefusedError', code, message, hint);
}
