// Answers what a cell's helpers ask of the run, by the table of verbs: from the record of a cell that is evaluated again, or by carrying
// it out. A call that does not come from an admitted cell is refused: an effect that no step owns would be lost.
import { isLaunchbookError, toErrorRecord } from '../../contract/base/error.js';
import type { Json } from '../../contract/base/json.js';
import { UNSEEN_QUESTION } from '../../contract/state/hold-locks.js';
import { failAfterEnd } from '../keeper/attempt-end.js';
import { makeError } from '../make-error.js';
import type { RunningStep } from '../keeper/step-register.js';
import type { Answer, StepFreeVerb, StepVerb, VerbCall, VerbParts } from './verb.js';
import { VERBS, type VerbName } from './verbs.js';

/** A call as the process that runs the cells sends it. */
export interface CellCall {
  /** The key of the cell; null for what no cell has asked. */
  readonly cell: string | null;
  /** The cell had ended before. */
  readonly isLate: boolean;
  readonly method: string;
  readonly params: Json;
}

/** Answers one call of a cell. `signal` aborts when the cell has ended or is interrupted. */
export async function answerCall(
  parts: VerbParts,
  { cell, isLate, method: name, params }: CellCall,
  signal: AbortSignal
): Promise<Json> {
  if (!Object.hasOwn(VERBS, name)) {
    throw makeError('UnknownCallError', 'call.unknown', `The supervisor does not know the call “${name}”.`);
  }
  const verb = VERBS[name as VerbName] as unknown as StepVerb<Json, Json> | StepFreeVerb<Json, Json>;
  if ('isStepFree' in verb) {
    return (await verb.carryOut(parts, params)) ?? null;
  }
  const running = parts.register.find(cell);
  if (!running) {
    throw makeError(
      'NoStepError',
      'call.no_step',
      `“${name}” was called outside of a running step, so it was refused.`,
      'Call helpers of a run from a cell that is not silent.'
    );
  }
  await parts.keeper.open(); // a long journal is read while its first cell runs
  if (isLate && verb.changes) {
    await refuseLate(parts, running, name, params);
  }
  // A second try of something whose end could not be recorded would do it twice.
  const unwritten = verb.changes || verb.asksPeople ? parts.keeper.unwrittenOf(running) : null;
  if (unwritten) {
    throw unwritten;
  }
  const call = { ...parts, running, signal };
  const recorded = await answerFromRecord(verb, call, params);
  if (!recorded && signal.aborted && verb.asksPeople) {
    const refusal = lateQuestion(name);
    await failAfterEnd(parts.keeper, running, toErrorRecord(refusal));
    throw refusal;
  }
  return (recorded ? recorded.value : await carryOut(verb, call, params)) ?? null;
}

/** A cell may catch the error, or not hear of it at all; its attempt does not pass with something unwritten. */
async function carryOut(verb: StepVerb<Json, Json>, call: VerbCall, params: Json): Promise<Json | void> {
  try {
    return await verb.carryOut(call, params);
  } catch (error) {
    if (isLaunchbookError(error) && (error.code.startsWith('journal.') || error.code === UNSEEN_QUESTION)) {
      call.keeper.noteUnwritten(call.running, error);
    }
    throw error;
  }
}

/** The recorded answer of a call, or null when the call is to be carried out. */
async function answerFromRecord(
  verb: StepVerb<Json, Json>,
  call: VerbCall,
  params: Json
): Promise<Answer<Json> | null> {
  const { record } = call.running;
  if (!record) {
    return null;
  }
  const recorded = { ...call, record, state: call.keeper.state };
  return record.isReplay ? verb.inReplay(recorded, params) : verb.goingOn(recorded, params);
}

/** A step that has ended has an outcome; what it did afterwards would not be part of that. */
async function refuseLate(
  { keeper }: VerbParts,
  running: RunningStep,
  name: string,
  params: Json
): Promise<never> {
  const { step, attempt } = running;
  const { helper = name, label = name } = params as { readonly helper?: string; readonly label?: string };
  await keeper.append({ kind: 'effect-refused', step, attempt, helper, label, code: 'effect.late' });
  const refusal = makeError(
    'LateEffectError',
    'effect.late',
    `“${label}” was begun after its step had ended, so it was refused and nothing of it was done.`,
    'Await it in the step. What is to go on after the step has ended is begun with background(name, …).'
  );
  await failAfterEnd(keeper, running, toErrorRecord(refusal));
  throw refusal;
}

function lateQuestion(name: string): Error {
  return makeError(
    'CellEndedError',
    'call.cell_ended',
    `“${name}” was called after its cell had ended or was interrupted, so nobody was asked and nothing was recorded.`,
    'Await it in the cell: a timer or a callback that goes on after the cell has ended may not ask people.'
  );
}
