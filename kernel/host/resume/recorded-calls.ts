// What a cell that is evaluated again is answered from its record: one table for a finished attempt, of which nothing is done again,
// and one for an attempt that died in its middle, of which only what had ended is answered.
import type { Json } from '../../../contract/json.js';
import { releaseOf } from '../../../contract/release.js';
import type { RunState } from '../../../contract/state.js';
import type { CallMethod, CallParams } from '../calls.js';
import { makeError } from '../cell-error.js';
import type { RunningStep, StepRecord } from '../step-register.js';

/** The recorded answer of a call, or null when the call is to be carried out. */
export async function answerFromRecord(
  running: RunningStep,
  state: RunState,
  method: string,
  params: Json,
  signal: AbortSignal
): Promise<Found> {
  const { record } = running;
  if (!record) {
    return null;
  }
  const known = { running, record, state, signal };
  if (!record.isReplay) {
    const answer = GOING_ON[method as CallMethod] as Answer<CallMethod> | undefined;
    return answer ? answer(known, params as never) : null;
  }
  if (!Object.hasOwn(REPLAYED, method)) {
    throw makeError(
      'NotReplayableError',
      'resume.not_replayable',
      `This step called “${method}”, which cannot be answered from the journal.`,
      'Discard from this step on and run it again.'
    );
  }
  return (REPLAYED[method as CallMethod] as Answer<CallMethod>)(known, params as never);
}

interface Known {
  readonly running: RunningStep;
  readonly record: StepRecord;
  readonly state: RunState;
  readonly signal: AbortSignal;
}

/** An answer, or null to carry the call out. */
type Found = { readonly value: Json } | null;
type Answer<M extends CallMethod> = (known: Known, params: CallParams[M]) => Found | Promise<Found>;

const NOTHING = { value: null };

const REPLAYED: { readonly [M in CallMethod]: Answer<M> } = {
  'effect.start': fromRecord,
  'effect.plan': () => NOTHING,
  // Only of an effect that a person let be done again.
  'effect.end': () => null,
  'approval.ask': ({ running, state }, { name }) => {
    const given = Object.values(state.approvals)
      .filter(approval => approval.step === running.step && approval.name === name)
      .findLast(({ decisions, breakGlass }) => breakGlass ?? decisions.at(-1)?.decision === 'approved');
    // What the step got then; the gate has looked whether the approval still stands.
    const release = given && releaseOf({ ...given, status: 'approved' });
    return release ? { value: release as unknown as Json } : missing('approval', name);
  },
  'checklist.ask': (known, { name }) => (isDone(known, name) ? NOTHING : missing('checklist', name)),
  'board.assign': ({ running, state }, { name }) => {
    const assigned = Object.values(state.boards).findLast(
      board => board.step === running.step && board.name === name
    );
    return assigned ? { value: assigned.id } : missing('board', name);
  },
  'board.gather': ({ state }, { board }) => {
    const gathered = state.boards[board];
    return gathered
      ? { value: { kind: 'gathered', tasks: gathered.tasks } as unknown as Json }
      : missing('board', board);
  },
  'board.checked': () => NOTHING,
  'checkpoint.reach': () => NOTHING,
  'note.write': () => NOTHING,
  'times.ask': () => null,
  'rollback.register': ({ running, state }, { name }) => {
    const registered = state.rollbacks.findLast(
      rollback =>
        rollback.step === running.step &&
        rollback.name === name &&
        (rollback.attempt === null || rollback.attempt === running.attempt)
    );
    // Null: the name was registered again since, by another step or attempt, and that one counts.
    return { value: registered?.id ?? null };
  },
  'rollback.start': () => NOTHING,
  'rollback.end': () => NOTHING,
  'secret.learn': () => null
};

const GOING_ON: { readonly [M in CallMethod]?: Answer<M> } = {
  'effect.start': fromRecord,
  'checklist.ask': (known, { name }) => (isDone(known, name) ? NOTHING : null),
  'checkpoint.reach': ({ running, record, state }, { name }) =>
    state.checkpoints.some(
      checkpoint =>
        checkpoint.step === running.step && checkpoint.name === name && checkpoint.seq > record.sinceSeq
    )
      ? NOTHING
      : null,
  'note.write': ({ running, record, state }, { text }) =>
    state.notes.some(note => note.step === running.step && note.text === text && note.seq > record.sinceSeq)
      ? NOTHING
      : null
};

async function fromRecord({ record, signal }: Known, effect: CallParams['effect.start']): Promise<Found> {
  const answer = await record.answers.ask(effect, signal);
  return answer && { value: answer as unknown as Json };
}

function isDone({ running, record, state }: Known, name: string): boolean {
  return Object.values(state.checklists).some(
    checklist =>
      checklist.step === running.step &&
      checklist.name === name &&
      checklist.status === 'done' &&
      checklist.rev > record.sinceSeq
  );
}

function missing(what: string, name: string): never {
  throw makeError(
    'DivergedError',
    'resume.diverged',
    `The cell asks for the ${what} “${name}”, which its record does not have.`,
    'Discard from this step on and run it again.'
  );
}
