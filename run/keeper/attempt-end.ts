// How an attempt ends in the record: once, and never better than what is on disk. What was done and could not be recorded is inconclusive.
import type { ErrorRecord } from '../../contract/base/error.js';
import { toErrorRecord } from '../../contract/base/error.js';
import type { Outcome } from '../../contract/base/run.js';
import { isCutOff } from '../../contract/plans/resume-plan.js';
import type { AttemptEnded } from '../../contract/journal/journal.js';
import { JournalWriteError } from '../../record/errors/journal-write-error.js';
import { makeError } from '../make-error.js';
import type { AttemptName, RunKeeper } from './run-keeper.js';
import type { RunningStep } from './step-register.js';

/** How a cell ended. */
export interface AttemptEnd {
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly error?: ErrorRecord | undefined;
}

/**
 * Records the end of an attempt. When that cannot be written, it is owed: the state knows it, and nothing else is recorded before it.
 *
 * @throws code `journal.end_unrecorded` when it passed and it could not be recorded; what an earlier record of it was refused with.
 */
export async function endAttempt(
  keeper: RunKeeper,
  { step, attempt }: AttemptName,
  { outcome, durationMs, error }: AttemptEnd
): Promise<void> {
  const unwritten = keeper.unwrittenOf({ step, attempt });
  const ending = { kind: 'attempt-ended' as const, step, attempt, durationMs };
  const body: AttemptEnded = unwritten
    ? {
        ...ending,
        outcome: isUnwritten(unwritten) ? 'inconclusive' : 'failed',
        error: toErrorRecord(unwritten)
      }
    : { ...ending, outcome, ...(error && { error }) };
  try {
    await keeper.append(body);
  } catch (cause) {
    const unrecorded = endUnrecorded('The step', `ended (${outcome})`, cause);
    keeper.owe(
      body.outcome === 'passed'
        ? { ...body, outcome: 'inconclusive', error: toErrorRecord(unrecorded) }
        : body
    );
    throw unrecorded;
  }
  if (unwritten && outcome === 'passed') {
    throw unwritten;
  }
}

/**
 * Something that a step has left behind failed, or was refused, after its end: the step has not done all that it was to do, so it has
 * failed after all. Where its end is not recorded yet, whoever records it calls this again, without a fault of its own.
 */
export async function failAfterEnd(
  keeper: RunKeeper,
  running: RunningStep,
  found?: ErrorRecord
): Promise<void> {
  if (found) {
    running.fault ??= found;
  }
  const { step, attempt, fault } = running;
  const { outcome, durationMs } =
    keeper.state.steps[step]?.attempts.find(each => each.attempt === attempt) ?? {};
  if (fault === undefined || outcome !== 'passed' || keeper.state.archived) {
    return;
  }
  const error = makeError(
    'FailedAfterEndError',
    'step.failed_after_end',
    `The step had ended as passed, and what it left behind failed then: ${fault.message}`,
    'Await it in the step, and find out how far it got before you run the step again. What is to go on after the step is begun with background(name, …).'
  );
  await keeper.append({
    kind: 'attempt-ended',
    step,
    attempt,
    durationMs: durationMs ?? 0,
    outcome: 'failed',
    error: toErrorRecord(error)
  });
}

/** Something may have happened that no record tells of; else it was refused. */
function isUnwritten(error: Error): boolean {
  return toErrorRecord(error).code.startsWith('journal.');
}

/** By the code of its error: nobody knows how far the cell got. */
export function isStoppedFromOutside(code: string): boolean {
  return code === 'cell.interrupted' || isCutOff(code);
}

/** What is known of something that happened and whose end is not on disk. */
export function endUnrecorded(what: string, how: string, cause: unknown): Error {
  const { message, hint } = toErrorRecord(cause);
  const wayOut = cause instanceof JournalWriteError ? cause.wayOut : hint;
  return makeError(
    'EndUnrecordedError',
    'journal.end_unrecorded',
    `${what} was done: it ${how}, and its end could not be recorded. ${message}`,
    [
      'Nothing else begins until the journal can be written again.',
      ...(wayOut === undefined ? [] : [wayOut]),
      'Then run the step again: it goes on, and asks you about what has no end in the record.'
    ].join(' ')
  );
}
