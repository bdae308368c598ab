// Which undo functions are there. They live in the executor and die with it. A resume brings back those of steps that had passed; those
// that only another attempt registered come back when they are needed: it is evaluated again up to where it ended, and nothing is done. When a step
// has declared names anew since, everything is evaluated in the order of time, so that the attempt finds the values that it had.
import { toErrorRecord } from '../../contract/base/error.js';
import type { Outline } from '../../contract/notebook/outline.js';
import { isCellStep } from '../../contract/notebook/outline.js';
import { attemptChain } from '../../contract/plans/resume-plan.js';
import { stepsToBringBack, type RollbackPlan } from '../../contract/plans/rollback-plan.js';
import type { AttemptState, RollbackState, StepState } from '../../contract/state/state.js';
import { makeError } from '../make-error.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { AttemptReplay } from '../resume/attempt-replay.js';
import { RecordedAnswers } from '../answers/recorded-answers.js';
import { readEffects } from '../answers/recorded-effects.js';
import { type RecordedEffect } from '../answers/recorded-effect.js';
import type { SourceTexts } from '../resume/source-texts.js';
import { areSameTexts } from './kept-texts.js';

/** What bringing back works with. */
export interface UndoFunctionsParts {
  readonly keeper: RunKeeper;
  readonly replay: AttemptReplay;
  readonly texts: SourceTexts;
  readonly outline: () => Outline;
  readonly mask: <T>(value: T) => T;
  /** Undo steps that have run already, which a replay has registered again. */
  readonly forgetRollbacks: (ids: readonly string[]) => void;
}

interface LostAttempt {
  readonly step: string;
  readonly attempt: number;
  readonly seq: number;
  readonly chain: readonly number[];
}

/** Knows the functions of this executor, and brings back those of earlier ones. */
export class UndoFunctions {
  readonly #parts: UndoFunctionsParts;
  readonly #known = new Set<string>();

  constructor(parts: UndoFunctionsParts) {
    this.#parts = parts;
  }

  /** A cell has registered it, for the first time or in a replay. */
  note(rollback: string): void {
    this.#known.add(rollback);
  }

  /** The executor has ended. */
  forgetAll(): void {
    this.#known.clear();
  }

  /** Ids and titles of the steps that have to be evaluated again before these undo steps can run. */
  missingSteps(rollbacks: readonly RollbackState[]): RollbackPlan['broughtBack'] {
    return stepsToBringBack(rollbacks, this.#parts.outline(), id => this.#known.has(id));
  }

  /**
   * Evaluates again what is needed for these undo steps, in the order in which it had run. Performs no effect.
   *
   * @param lossesBefore - How many executors had ended when the rollback began.
   * @throws code `rollback.lost` or `resume.diverged` with nothing undone.
   */
  async bringBack(rollbacks: readonly RollbackState[], lossesBefore: number): Promise<void> {
    const { keeper, forgetRollbacks } = this.#parts;
    const missing = this.#missing(rollbacks);
    if (missing.length === 0) {
      return;
    }
    missing.filter(({ step }) => !isCellStep(step)).forEach(refuseUnnamed);
    const attempts = this.#attemptsOf(missing);
    // Alone first, which nearly always does.
    const isOther = await this.#replayAll(attempts, lossesBefore).then(
      () => this.#haveOtherValues(rollbacks),
      isDiverged
    );
    if (isOther) {
      await this.#replayAll(this.#amongPassed(attempts), lossesBefore);
    }
    forgetRollbacks(keeper.state.rollbacks.filter(({ status }) => status === 'passed').map(({ id }) => id));
    const [still] = this.#missing(rollbacks);
    if (still) {
      throw lostError(
        still.name,
        'the attempt that had registered it was evaluated again and did not register it'
      );
    }
  }

  #missing(rollbacks: readonly RollbackState[]): readonly RollbackState[] {
    return rollbacks.filter(({ id }) => !this.#known.has(id));
  }

  #attemptsOf(missing: readonly RollbackState[]): readonly LostAttempt[] {
    const { steps } = this.#parts.keeper.state;
    const found = new Map<string, LostAttempt>();
    for (const { step, attempt, name } of missing) {
      const state = steps[step]?.attempts.find(candidate => candidate.attempt === attempt);
      if (!state) {
        throw lostError(name, 'the journal does not tell which attempt had registered it');
      }
      found.set(`${step}:${state.attempt}`, lostAttempt(steps[step]!, state));
    }
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  }

  /** A name that they read may have been declared again since by a step that ran after them, and is back with that value. */
  #haveOtherValues(before: readonly RollbackState[]): boolean {
    const now = new Map(this.#parts.keeper.state.rollbacks.map(({ id, values }) => [id, values]));
    return before.some(({ id, values }) => !areSameTexts(values ?? [], now.get(id) ?? []));
  }

  /** These attempts, and what has passed before and after them, in the order in which it had run. */
  #amongPassed(attempts: readonly LostAttempt[]): readonly LostAttempt[] {
    const { keeper, texts } = this.#parts;
    const passed = Object.values(keeper.state.steps).flatMap(({ id, status, attempts: all }) => {
      const last = all.at(-1);
      const isThere =
        isCellStep(id) &&
        status === 'passed' &&
        last !== undefined &&
        texts.find(last.sourceHash) !== undefined;
      return isThere ? [lostAttempt(keeper.state.steps[id]!, last)] : [];
    });
    return [...passed, ...attempts].sort((a, b) => a.seq - b.seq);
  }

  async #replayAll(attempts: readonly LostAttempt[], lossesBefore: number): Promise<void> {
    await this.#learnTexts(attempts);
    for (const lost of attempts) {
      await this.#replay(lost, lossesBefore);
    }
  }

  /** A cell may have been edited or deleted since: the journal has the text that ran, unless it held a secret. */
  async #learnTexts(attempts: readonly LostAttempt[]): Promise<void> {
    const { keeper, texts } = this.#parts;
    texts.current();
    for await (const record of keeper.read()) {
      if (record.kind === 'attempt-started' && attempts.some(({ step }) => step === record.step)) {
        texts.offer(record.sourceHash, record.source);
      }
    }
  }

  async #replay({ step, attempt, chain }: LostAttempt, lossesBefore: number): Promise<void> {
    const { keeper, replay, texts, mask } = this.#parts;
    const state = keeper.state.steps[step]?.attempts.find(candidate => candidate.attempt === attempt);
    const text = state && texts.find(state.sourceHash);
    if (text === undefined) {
      throw makeError(
        'NoTextError',
        'resume.no_text',
        `The text of attempt ${attempt} of the step ${step} is not known any more, so its undo steps cannot be brought back. Nothing has been undone.`,
        'Put the text of the cell back and save the notebook, or undo it by hand.'
      );
    }
    const effects: readonly RecordedEffect[] =
      (await readEffects(keeper.read(), [{ step, attempts: chain }])).get(step) ?? [];
    const answers = new RecordedAnswers({ step, effects, goesOn: false, stopsAtEnd: true, mask });
    await replay.evaluate({ step, attempt, chain, text, answers, lossesBefore });
    await answers.drain();
    answers.finish();
    if (answers.fault) {
      throw answers.fault;
    }
  }
}

function lostAttempt(step: StepState, { attempt, seq }: AttemptState): LostAttempt {
  return { step: step.id, attempt, seq, chain: attemptChain(step, attempt) };
}

function isDiverged(error: unknown): true {
  if (toErrorRecord(error).code === 'resume.diverged') {
    return true;
  }
  throw error;
}

function refuseUnnamed({ name }: RollbackState): never {
  throw lostError(name, 'a cell that is in no notebook had registered it');
}

function lostError(name: string, why: string): Error {
  return makeError(
    'UndoLostError',
    'rollback.lost',
    `The function of the undo step “${name}” was lost with its process, and ${why}. Nothing has been undone.`,
    'Undo it by hand, and register an undo step of this name that does nothing; then roll back again.'
  );
}
