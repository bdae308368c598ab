// The verbs of the helpers: what a cell may ask of its run. One entry says everything of a verb: its parameters, what it does, and what
// it does when its cell is evaluated again, in a finished attempt and in one that goes on. Both ends of the pipe are typed by this table.
import type { ErrorRecord } from '../../contract/base/error.js';
import type { Json } from '../../contract/base/json.js';
import type { KeptText } from '../../contract/base/kept-text.js';
import type { Outcome } from '../../contract/base/run.js';
import { releaseOf, type ApprovalRelease } from '../../contract/holds/release.js';
import type { AssignRequest, GatherAnswer, RecordedEffect, RecordedTimes } from '../../runbook/ports.js';
import type { AskedEffect } from '../answers/diverged.js';
import { areSameTexts, keptTexts } from '../going-back/kept-texts.js';
import type { ApprovalParams } from '../holds/approvals.js';
import { refuseUnseenQuestion } from '../holds/asking-step.js';
import type { ChecklistParams } from '../holds/checklists.js';
import type { GatherParams } from '../holds/task-lists.js';
import { endUnrecorded, failAfterEnd } from '../keeper/attempt-end.js';
import { makeError } from '../make-error.js';
import type { Answer, RecordedCall, StepFreeVerb, StepVerb, VerbCall } from './verb.js';

/** Every verb by its name on the wire. */
export const VERBS = {
  'effect.start': verb<AskedEffect, string | RecordedEffect>({
    changes: true,
    carryOut: startEffect,
    inReplay: recordedEffect,
    goingOn: recordedEffect
  }),
  // What a dry run would have done.
  'effect.plan': verb<AskedEffect>({
    changes: true,
    carryOut: async ({ keeper, register, running }, { helper, label, request }) => {
      const { step, attempt } = running;
      const effect = register.newId(running, 'effect');
      await keeper.append({ kind: 'effect-planned', effect, step, attempt, helper, label, request });
    },
    inReplay: nothing,
    goingOn: carriedOut
  }),
  'effect.end': verb<{ effect: string; outcome: Outcome; durationMs: number; result: Json }>({
    carryOut: async ({ keeper }, { effect, outcome, durationMs, result }) => {
      const atLeastZero = Math.max(0, durationMs); // a clock may be set back
      try {
        await keeper.append({ kind: 'effect-ended', effect, outcome, durationMs: atLeastZero, result });
      } catch (error) {
        const label = keeper.state.openEffects[effect]?.label ?? '';
        throw endUnrecorded(`“${label}” (${effect})`, `ended (${outcome})`, error);
      }
    },
    // Only of an effect that a person let be done again.
    inReplay: carriedOut,
    goingOn: carriedOut
  }),
  'approval.ask': verb<ApprovalParams, ApprovalRelease>({
    asksPeople: true,
    carryOut: ({ approvals, stdin, running, signal }, params) => {
      refuseUnseenQuestion(running, 'approval', params.name);
      return approvals.ask(running, params, signal, id => stdin.offerApproval(running, id, params.name));
    },
    inReplay: ({ running, state }, { name }) => {
      const given = Object.values(state.approvals)
        .filter(approval => approval.step === running.step && approval.name === name)
        .findLast(({ decisions, breakGlass }) => breakGlass ?? decisions.at(-1)?.decision === 'approved');
      // What the step got then; the gate has looked whether the approval still stands.
      const release = given && releaseOf({ ...given, status: 'approved' });
      return release ? { value: release } : missing('approval', name);
    },
    goingOn: carriedOut
  }),
  'checklist.ask': verb<ChecklistParams>({
    asksPeople: true,
    carryOut: ({ checklists, stdin, running, signal }, params) => {
      refuseUnseenQuestion(running, 'checklist', params.name);
      return checklists.ask(running, params, signal, id => stdin.offerChecklist(running, id, params));
    },
    inReplay: (call, { name }) => (isTicked(call, name) ? NOTHING : missing('checklist', name)),
    goingOn: (call, { name }) => (isTicked(call, name) ? NOTHING : null)
  }),
  'tasks.assign': verb<AssignRequest, string>({
    changes: true,
    carryOut: async ({ taskLists, running }, request) => (await taskLists.assign(running, request)).id,
    inReplay: ({ running, state }, { name }) => {
      const assigned = Object.values(state.taskLists).findLast(
        taskList => taskList.step === running.step && taskList.name === name
      );
      return assigned ? { value: assigned.id } : missing('task list', name);
    },
    goingOn: carriedOut
  }),
  'tasks.gather': verb<GatherParams, GatherAnswer>({
    asksPeople: true,
    carryOut: ({ taskLists, stdin, running, signal }, params) => {
      refuseUnseenQuestion(running, 'gather', null);
      return taskLists.gather(running, params, signal, stdin.unanswerable(running));
    },
    inReplay: ({ state }, { taskList }) => {
      const gathered = state.taskLists[taskList];
      return gathered
        ? { value: { kind: 'gathered', tasks: gathered.tasks } }
        : missing('task list', taskList);
    },
    goingOn: carriedOut
  }),
  'tasks.checked': verb<{ taskList: string; task: string; passed: boolean; fault: string }>({
    carryOut: ({ taskLists }, seen) => taskLists.checked(seen),
    inReplay: nothing,
    goingOn: carriedOut
  }),
  'checkpoint.reach': verb<{ name: string }>({
    changes: true,
    carryOut: async ({ keeper, running }, { name }) => {
      await keeper.append({ kind: 'checkpoint', name, step: running.step });
    },
    inReplay: nothing,
    goingOn: ({ running, record, state }, { name }) =>
      state.checkpoints.some(
        checkpoint =>
          checkpoint.step === running.step && checkpoint.name === name && checkpoint.seq > record.sinceSeq
      )
        ? NOTHING
        : null
  }),
  'note.write': verb<{ text: string }>({
    carryOut: async ({ keeper, people, running }, { text }) => {
      const by = people.of(running.cell.session, running.cell.username);
      await keeper.append({ kind: 'note', text, step: running.step, by });
    },
    inReplay: nothing,
    goingOn: ({ running, record, state }, { text }) =>
      state.notes.some(note => note.step === running.step && note.text === text && note.seq > record.sinceSeq)
        ? NOTHING
        : null
  }),
  'times.ask': verb<{ name: string }, RecordedTimes>({
    carryOut: ({ times }, { name }) => times(name),
    inReplay: carriedOut,
    goingOn: carriedOut
  }),
  'rollback.register': verb<{ name: string; values: readonly KeptText[] }, string | null>({
    changes: true,
    carryOut: async ({ keeper, masking, register, running, undoFunctions }, { name, values }) => {
      const rollback = register.newId(running, 'rollback');
      const kept = keptTexts(values, masking);
      await keeper.append({ kind: 'rollback-registered', rollback, name, step: running.step, values: kept });
      undoFunctions.note(rollback);
      return rollback;
    },
    inReplay: async ({ keeper, masking, running, state, undoFunctions }, { name, values }) => {
      const registered = state.rollbacks.findLast(
        rollback =>
          rollback.step === running.step &&
          rollback.name === name &&
          (rollback.attempt === null || rollback.attempt === running.attempt)
      );
      if (registered) {
        undoFunctions.note(registered.id);
        const kept = keptTexts(values, masking);
        if (registered.values && !areSameTexts(registered.values, kept)) {
          await keeper.append({ kind: 'rollback-values', rollback: registered.id, values: kept });
        }
      }
      // Null: the name was registered again since, by another step or attempt, and that one counts.
      return { value: registered?.id ?? null };
    },
    goingOn: carriedOut
  }),
  'rollback.start': verb<{ rollback: string }>({
    changes: true,
    carryOut: async ({ keeper, running }, { rollback }) => {
      await keeper.append({ kind: 'rollback-started', rollback, step: running.step });
    },
    inReplay: nothing,
    goingOn: carriedOut
  }),
  'rollback.end': verb<{ rollback: string; outcome: Outcome; error?: ErrorRecord }>({
    carryOut: async ({ keeper }, { rollback, outcome, error }) => {
      await keeper.append({ kind: 'rollback-ended', rollback, outcome, ...(error && { error }) });
    },
    inReplay: nothing,
    goingOn: carriedOut
  }),
  // An error that came after the step had ended, and that nobody caught.
  'step.fault': verb<ErrorRecord>({
    carryOut: ({ keeper, masking, running }, fault) =>
      failAfterEnd(keeper, running, { ...fault, message: masking.text(fault.message) }),
    inReplay: nothing,
    goingOn: carriedOut
  }),
  // A secret is masked whoever has read it.
  'secret.learn': stepFree<{ name: string; value: string }>({
    carryOut: ({ masking }, secret) => masking.learn(secret)
  })
};

/** Name of a verb. */
export type VerbName = keyof typeof VERBS;

/** What a verb takes. */
export type VerbParams<V extends VerbName> = Parameters<(typeof VERBS)[V]['carryOut']>[1];

/** What a verb answers. */
export type VerbAnswer<V extends VerbName> = Awaited<ReturnType<(typeof VERBS)[V]['carryOut']>>;

function verb<P, A = void>(entry: StepVerb<P, A>): StepVerb<P, A> {
  return entry;
}

function stepFree<P, A = void>(entry: Omit<StepFreeVerb<P, A>, 'isStepFree'>): StepFreeVerb<P, A> {
  return { isStepFree: true, ...entry };
}

/** It is done before, and answers nothing. */
function nothing(): Answer<void> {
  return NOTHING;
}

const NOTHING: Answer<void> = { value: undefined };

/** The record does not matter. */
function carriedOut(): null {
  return null;
}

async function startEffect({ keeper, register, running }: VerbCall, effect: AskedEffect): Promise<string> {
  const { helper, label, request, within, lane } = effect;
  if (keeper.state.run?.mode === 'dry-run') {
    throw makeError(
      'DryRunError',
      'run.dry_run',
      `“${label}” was not begun: this is a dry run, in which nothing may be performed.`
    );
  }
  const { step, attempt } = running;
  const id = register.newId(running, 'effect');
  const place = { ...(within === undefined ? {} : { within }), ...(lane === undefined ? {} : { lane }) };
  const began = { kind: 'effect-started' as const, effect: id, step, attempt, helper, label, request };
  await keeper.append({ ...began, ...place });
  return id;
}

async function recordedEffect(
  { record, signal }: RecordedCall,
  effect: AskedEffect
): Promise<Answer<RecordedEffect> | null> {
  const value = await record.answers.ask(effect, signal);
  return value && { value };
}

function isTicked({ running, record, state }: RecordedCall, name: string): boolean {
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
