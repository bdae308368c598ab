// What a step needs before it may begin after a process has died: its predecessors' variables, and a person's word on every effect
// that has no end. An attempt that died in its middle is gone on with, so that nothing it had finished is done again.
import {
  attemptChain,
  continuableAttempt,
  effectsToJudge,
  interruptedEffects
} from '../../contract/plans/resume-plan.js';
import type { AttemptState, ContinuingState, EffectState, RunState } from '../../contract/state/state.js';
import { formatUtc } from '../../contract/base/format.js';
import { makeError } from '../make-error.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { StepRecord } from '../keeper/step-register.js';
import type { ExecutorLosses } from './executor-losses.js';
import type { Lane } from '../keeper/lane.js';
import { continuedEffects } from '../answers/continued-effects.js';
import { RecordedAnswers } from '../answers/recorded-answers.js';
import { readEffects } from '../answers/recorded-effects.js';

/** What the gate looks at. */
export interface RecoveryGateParts {
  readonly keeper: RunKeeper;
  readonly lane: Lane;
  readonly losses: ExecutorLosses;
  readonly mask: <T>(value: T) => T;
}

/** What an admitted step begins with: null when everything of it is new. */
export interface Continuation {
  readonly attempt: number;
  readonly record: StepRecord;
}

/** How a step comes in. */
export interface Entry {
  readonly continuation: Continuation | null;
  /** How many executors had ended when its variables were found to be there. */
  readonly lossesBefore: number;
}

/** Stands before every step of a run. A scratch notebook is never refused. */
export class RecoveryGate {
  readonly #parts: RecoveryGateParts;

  constructor(parts: RecoveryGateParts) {
    this.#parts = parts;
  }

  /**
   * Admits a step whose variables are there, with the record that it continues.
   *
   * @throws code `run.busy`, `resume.pending`, `resume.changed`, `effect.inconclusive`.
   */
  async enter(step: string, sourceHash: string): Promise<Entry> {
    const { keeper, losses } = this.#parts;
    // Counted first: an executor that ends while this waits is one that the step has lost.
    const lossesBefore = losses.count;
    await losses.settle();
    const continuation = keeper.state.run === null ? null : await this.#enterRun(step, sourceHash);
    return { continuation, lossesBefore };
  }

  /** Throws code `run.busy` while a resume or a way back goes on in a run. */
  refuseWhileActing(): void {
    if (this.#parts.keeper.state.run !== null) {
      refuseWhileActing(this.#parts.lane);
    }
  }

  async #enterRun(step: string, sourceHash: string): Promise<Continuation | null> {
    const { keeper, lane, mask } = this.#parts;
    const { state } = keeper;
    refuseWhileActing(lane);
    refusePending(state);
    const died = continuableAttempt(state.steps[step]);
    if (!died) {
      refuseInconclusive(interruptedEffects(state, step));
      return null;
    }
    refuseChanged(died, sourceHash, state.steps[step]?.continuing);
    refuseInconclusive(effectsToJudge(state, step, attemptChain(state.steps[step], died.attempt)));
    return continuationOf(keeper, step, mask);
  }
}

/** What the next attempt of a step continues: the record of one that died before its end, or null. */
export async function continuationOf(
  keeper: RunKeeper,
  step: string,
  mask: <T>(value: T) => T
): Promise<Continuation | null> {
  const { state } = keeper;
  const died = continuableAttempt(state.steps[step]);
  if (!died) {
    return null;
  }
  const attempts = attemptChain(state.steps[step], died.attempt);
  const recorded = (await readEffects(keeper.read(), [{ step, attempts }])).get(step) ?? [];
  const continuing = state.steps[step]?.continuing;
  const effects = continuing === undefined ? recorded : continuedEffects(recorded).kept;
  const isEdited = continuing !== undefined && continuing.sourceHash !== died.sourceHash;
  const answers = new RecordedAnswers({ step, effects, goesOn: true, isEdited, mask });
  const sinceSeq = firstSeqOf(state, step, attempts);
  return { attempt: died.attempt, record: { answers, isReplay: false, sinceSeq } };
}

/** The record that began the earliest of the attempts. */
export function firstSeqOf(state: RunState, step: string, attempts: readonly number[]): number {
  return state.steps[step]?.attempts.find(({ attempt }) => attempt === attempts[0])?.seq ?? 0;
}

function refuseWhileActing(lane: Lane): void {
  if (lane.user !== null) {
    throw makeError(
      'BusyError',
      'run.busy',
      `${lane.user} is still running; nothing of the cell has run.`,
      'Run it when that has ended.'
    );
  }
}

function refusePending({ recovery, steps }: RunState): void {
  if (recovery) {
    const process = recovery.cause === 'kernel' ? 'kernel' : 'process that ran the cells';
    const count = recovery.lost.length;
    throw makeError(
      'ResumePendingError',
      'resume.pending',
      `The ${process} has ended (${formatUtc(recovery.since)}), and with it the variables of ${count} of ${Object.keys(steps).length} steps. Nothing of the cell has run, so that nothing is done twice.`,
      'Resume the run: Resume in the panel, a cell with %resume, or launchbook resume. To run steps again instead: %discard STEP REASON.'
    );
  }
}

function refuseChanged(
  died: AttemptState,
  sourceHash: string,
  continuing: ContinuingState | undefined
): void {
  if ((continuing?.sourceHash ?? died.sourceHash) !== sourceHash) {
    throw makeError(
      'StepChangedError',
      'resume.changed',
      `Attempt ${died.attempt} of this step did not come to its end, and the text of the cell has changed since, so it is not known which of its effects are done already. Nothing of the cell has run.`,
      'Restore the text to continue, or begin again: %discard STEP REASON. Then everything in it is done again.'
    );
  }
}

/** @throws code `effect.inconclusive` when there is any. */
export function refuseInconclusive(effects: readonly EffectState[]): void {
  if (effects.length > 0) {
    const lines = effects.map(
      ({ id, helper, label, startedAt }) => `\n  ${helper} ${label}, started ${formatUtc(startedAt)}  (${id})`
    );
    throw makeError(
      'InconclusiveError',
      'effect.inconclusive',
      `The last attempt of this step did not come to its end, and nobody can tell whether this was done:${lines.join('')}\nNothing of the cell has run.`,
      `Find out how it ended, then say so: %judge ${effects[0]!.id} passed|failed|again REASON`
    );
  }
}
