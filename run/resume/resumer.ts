// Brings the variables back: the finished steps are evaluated again in the order in which they had passed, every effect answered from
// the journal, nothing published. It stops at the first step that does something other than its record.
import { toErrorRecord } from '../../contract/base/error.js';
import type { Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import {
  attemptChain,
  planResume,
  type PlannedStep,
  type ResumePlan
} from '../../contract/plans/resume-plan.js';
import type { RunState } from '../../contract/state/state.js';
import type { CellOutcome } from '../ports.js';
import { makeError } from '../make-error.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { AttemptReplay } from './attempt-replay.js';
import type { ExecutorLosses } from './executor-losses.js';
import { RecordedAnswers } from '../answers/recorded-answers.js';
import { readEffects } from '../answers/recorded-effects.js';
import { type RecordedEffect } from '../answers/recorded-effect.js';
import { withRecordedTexts } from '../../contract/plans/recorded-texts.js';
import { stopwatch } from '../../runbook/stopwatch.js';
import type { SourceTexts } from './source-texts.js';

/** What a resume works with. */
export interface ResumerParts {
  readonly keeper: RunKeeper;
  readonly losses: ExecutorLosses;
  readonly replay: AttemptReplay;
  readonly texts: SourceTexts;
  readonly outline: () => Outline;
  readonly mask: <T>(value: T) => T;
  /** Undo steps that have run already, which the replay has registered again. */
  readonly forgetRollbacks: (ids: readonly string[]) => void;
}

/** The result of a resume. */
export interface Resumed {
  readonly steps: number;
  readonly durationMs: number;
}

/** The one who resumes. */
export class Resumer {
  readonly #parts: ResumerParts;

  constructor(parts: ResumerParts) {
    this.#parts = parts;
  }

  /** What a resume would do now. */
  async plan(texts: { readonly [step: string]: string } = {}): Promise<ResumePlan> {
    const { keeper, outline, texts: sources } = this.#parts;
    await keeper.open();
    const plan = planResume(keeper.state, outline(), sources.current(texts));
    return withRecordedTexts(plan, () => keeper.read());
  }

  /**
   * Replays what was lost; does nothing when nothing was. `tell` hears of each step before it begins.
   *
   * @throws code `resume.asked` before anything is replayed; `resume.diverged`, `resume.failed`, `cell.interrupted` or
   * `executor.died` on the way.
   */
  async resume(
    by: Person,
    texts: { readonly [step: string]: string } = {},
    tell: (step: PlannedStep, index: number, count: number) => void = () => undefined
  ): Promise<Resumed> {
    const elapsedMs = stopwatch();
    const { keeper, losses } = this.#parts;
    const lossesBefore = losses.count;
    await losses.settle();
    const plan = await this.plan(texts);
    if (!keeper.state.recovery) {
      return { steps: 0, durationMs: 0 };
    }
    refuseAsked(plan, keeper.state);
    const planned = plan.replay.map(id => plan.steps.find(({ step }) => step === id)!);
    const chains = planned.map(({ step, attempt }) => ({
      step,
      attempts: attemptChain(keeper.state.steps[step], attempt!)
    }));
    const effects = await readEffects(keeper.read(), chains);
    await keeper.append({ kind: 'resume-started', by, steps: plan.replay });
    try {
      for (const [index, step] of planned.entries()) {
        tell(step, index, planned.length);
        await this.#replay(step, chains[index]!.attempts, effects.get(step.step)!, lossesBefore);
      }
      this.#refuseLoss(lossesBefore);
    } catch (error) {
      await losses.settle();
      await keeper.append({ kind: 'resume-ended', outcome: 'failed', error: toErrorRecord(error) });
      throw error;
    }
    const undone = keeper.state.rollbacks.filter(({ status }) => status === 'passed').map(({ id }) => id);
    this.#parts.forgetRollbacks(undone);
    await keeper.append({ kind: 'resume-ended', outcome: 'passed' });
    return { steps: planned.length, durationMs: elapsedMs() };
  }

  async #replay(
    { step, attempt }: PlannedStep,
    attempts: readonly number[],
    effects: readonly RecordedEffect[],
    lossesBefore: number
  ): Promise<void> {
    const { keeper, replay, mask } = this.#parts;
    const elapsedMs = stopwatch();
    const answers = new RecordedAnswers({ step, effects, goesOn: false, mask });
    const text = this.#textOf(step, attempt!);
    const replayed = { step, attempt: attempt!, chain: attempts, text, answers, lossesBefore };
    const outcome = await replay.evaluate(replayed);
    this.#refuseLoss(lossesBefore);
    if (outcome.status === 'ok') {
      answers.finish();
    }
    if (answers.fault) {
      throw answers.fault;
    }
    if (outcome.status === 'error') {
      throw failure(step, outcome);
    }
    await keeper.append(
      { kind: 'step-replayed', step, attempt: attempt!, durationMs: elapsedMs() },
      'written'
    );
  }

  /** What was brought back is gone with the executor that held it, so the steps after it would not find it. */
  #refuseLoss(lossesBefore: number): void {
    if (this.#parts.losses.count !== lossesBefore) {
      throw makeError(
        'ExecutorDied',
        'executor.died',
        'The process that runs the cells ended during the resume, and with it the variables that had been brought back. Nothing was done again.',
        'Resume again.'
      );
    }
  }

  #textOf(step: string, attempt: number): string {
    const hash = this.#parts.keeper.state.steps[step]?.attempts.find(
      candidate => candidate.attempt === attempt
    )?.sourceHash;
    const text = hash === undefined ? undefined : this.#parts.texts.find(hash);
    if (text === undefined) {
      throw makeError(
        'NoTextError',
        'resume.no_text',
        `The text of the step ${step} that passed is not in the saved notebook, so it cannot be replayed.`,
        'Save the notebook, then resume again.'
      );
    }
    return text;
  }
}

function refuseAsked(plan: ResumePlan, state: RunState): void {
  const lost = new Set(state.recovery?.lost);
  const asked = plan.steps.filter(({ step, action }) => action === 'ask' && lost.has(step));
  if (asked.length > 0) {
    throw makeError(
      'ResumeAskedError',
      'resume.asked',
      `Nothing was replayed, because ${asked.length} of ${lost.size} steps need a person's decision first:${asked.map(lineOf).join('')}`,
      'Put a changed cell back or run it again (%discard STEP REASON); judge an effect (%judge EFFECT passed|failed|again REASON). Then resume.'
    );
  }
}

function lineOf({ title, step, asks }: PlannedStep): string {
  const words = asks.map(ask =>
    ask.kind === 'inconclusive'
      ? `“${ask.effect.label}” started at ${ask.effect.startedAt} and has no end (${ask.effect.id})`
      : ask.isGone
        ? 'the cell is not in the notebook any more'
        : 'the text is not the one that passed'
  );
  return `\n  ${title} (${step}): ${words.join('; ')}`;
}

function failure(step: string, { error }: CellOutcome): Error {
  return makeError(
    'ReplayFailedError',
    'resume.failed',
    `The step ${step} had passed, and now it fails while it is replayed: ${error?.ename}: ${error?.evalue}`,
    'Fix what it names and resume again, or discard from this step on and run it again.'
  );
}
