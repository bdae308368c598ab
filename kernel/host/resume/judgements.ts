// A person's word: on an effect without an end, on variables that are given up, on a step that is left out. Each is on disk before it counts.
import type { Judgement } from '../../../contract/journal.js';
import type { Outline } from '../../../contract/outline.js';
import type { Person } from '../../../contract/person.js';
import { lastAttemptOf } from '../../../contract/state.js';
import { makeError } from '../cell-error.js';
import type { RunKeeper } from '../run-keeper.js';

/** What the judgements are written with. */
export interface JudgementParts {
  readonly keeper: RunKeeper;
  readonly outline: () => Outline;
}

const WORDS: readonly string[] = ['passed', 'failed', 'again'] satisfies readonly Judgement[];

/** Takes the words of people and refuses what makes no sense, with the reason. */
export class Judgements {
  readonly #parts: JudgementParts;

  constructor(parts: JudgementParts) {
    this.#parts = parts;
  }

  /** @throws code `judge.unknown`, `judge.running`, `judge.bad_word`, `reason.missing`. */
  async judge(effect: string, judgement: string, reason: string, by: Person): Promise<void> {
    const { keeper } = this.#parts;
    await keeper.open();
    const found = keeper.state.openEffects[effect];
    if (!found) {
      throw refuse(
        'judge.unknown',
        `This run has no effect ${effect} without an end.`,
        openOnes(Object.keys(keeper.state.openEffects))
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

  /** @throws code `skip.unknown`, `skip.running`, `skip.passed`, `skip.hold`, `reason.missing`. */
  async skip(step: string, reason: string, by: Person): Promise<void> {
    const { keeper, outline } = this.#parts;
    await keeper.open();
    refuseWithoutReason(reason, 'Leaving a step out');
    const found = outline()
      .phases.flatMap(phase => phase.steps)
      .find(({ id }) => id === step);
    if (!found) {
      throw refuse('skip.unknown', `The notebook has no step ${step}.`);
    }
    const status = keeper.state.steps[step]?.status;
    if (status === 'running' || status === 'waiting') {
      throw refuse(
        'skip.running',
        `“${found.title}” runs (attempt ${lastAttemptOf(keeper.state, step)?.attempt}).`,
        'Interrupt it first.'
      );
    }
    if (status === 'passed') {
      throw refuse('skip.passed', `“${found.title}” has passed already.`);
    }
    const holds = [...found.holds, ...(keeper.state.steps[step]?.holds ?? [])];
    if (holds.length > 0) {
      throw refuse(
        'skip.hold',
        `“${found.title}” holds the run for people, and a hold point cannot be left out.`,
        'Have it approved.'
      );
    }
    await keeper.append({ kind: 'step-skipped', step, by, reason: reason.trim() });
  }
}

/** @throws code `reason.missing`. */
export function refuseWithoutReason(reason: string, what: string): void {
  if (reason.trim() === '') {
    throw refuse('reason.missing', `${what} needs a reason: it stays in the record of the run.`);
  }
}

function openOnes(ids: readonly string[]): string {
  return ids.length === 0 ? 'Every effect of the run has its end.' : `Without an end: ${ids.join(', ')}.`;
}

function refuse(code: string, message: string, hint?: string): Error {
  return makeError('WordRefusedError', code, message, hint);
}
