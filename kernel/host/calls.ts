// What a cell's helpers may ask of the supervisor: one table from method to handler. The executor's end is executor-ports.ts.
// A call that does not come from an admitted cell is refused: an effect that no step owns would be lost. A secret is masked whoever read it.
import type { Json } from '../../contract/json.js';
import type { AssignRequest, RecordedTimes } from '../../runbook/ports.js';
import type { Approvals, ApprovalParams } from './approvals.js';
import type { Boards, GatherParams } from './boards.js';
import { makeError } from './cell-error.js';
import type { Checklists, ChecklistParams } from './checklists.js';
import type { Effects } from './effects.js';
import type { Masking } from './masking.js';
import { answerFromRecord } from './resume/recorded-calls.js';
import type { StdinFallback } from './stdin-fallback.js';
import type { RunningStep, StepRegister } from './step-register.js';

/** Methods and their parameters, as sent by executor-ports.ts. */
export interface CallParams {
  'effect.start': Parameters<Effects['start']>[1];
  'effect.plan': Parameters<Effects['plan']>[1];
  'effect.end': { effect: string } & Parameters<Effects['end']>[1];
  'approval.ask': ApprovalParams;
  'checklist.ask': ChecklistParams;
  'board.assign': AssignRequest;
  'board.gather': GatherParams;
  'board.checked': Parameters<Boards['checked']>[0];
  'checkpoint.reach': { name: string };
  'note.write': { text: string };
  'times.ask': { name: string };
  'rollback.register': { name: string };
  'rollback.start': { rollback: string };
  'secret.learn': { name: string; value: string };
  'rollback.end': { rollback: string } & Parameters<Effects['endRollback']>[1];
}

/** Name of a method. */
export type CallMethod = keyof CallParams;

/** What the handlers work with. */
export interface CallParts {
  readonly register: StepRegister;
  readonly effects: Effects;
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly boards: Boards;
  readonly stdin: StdinFallback;
  readonly masking: Masking;
  /** Learns which undo functions the executor has, whether a cell runs or is replayed. */
  readonly undoFunctions: { note(rollback: string): void };
  /** When a step or phase ran. Throws when that cannot be said. */
  readonly times: (stepOrPhase: string) => RecordedTimes;
}

/** Answers one call of a cell. `signal` aborts when the cell has ended or is interrupted. */
export async function answerCall(
  parts: CallParts,
  cellKey: string | null,
  method: string,
  params: Json,
  signal: AbortSignal
): Promise<Json> {
  if (method === 'secret.learn') {
    parts.masking.learn(params as unknown as CallParams['secret.learn']);
    return null;
  }
  const handler = HANDLERS[method as StepMethod] as Handler<StepMethod> | undefined;
  if (!handler) {
    throw makeError('UnknownCallError', 'call.unknown', `The supervisor does not know the call “${method}”.`);
  }
  const running = parts.register.find(cellKey);
  if (!running) {
    throw makeError(
      'NoStepError',
      'call.no_step',
      `“${method}” was called outside of a running step, so it was refused.`,
      'Call helpers of a run from a cell that is not silent.'
    );
  }
  const found = await answerFromRecord(running, parts.effects.state, method, params, signal);
  if (!found && signal.aborted && ASKS_PEOPLE.has(method)) {
    throw lateQuestion(method);
  }
  const value = found
    ? found.value
    : (((await handler(parts, running, params as never, signal)) ?? null) as Json);
  if (method === 'rollback.register' && typeof value === 'string') {
    parts.undoFunctions.note(value);
  }
  return value;
}

/** What a cell waits for: asked on behalf of a cell that has ended, nobody would wait for the answer. */
const ASKS_PEOPLE: ReadonlySet<string> = new Set([
  'approval.ask',
  'checklist.ask',
  'board.gather'
] satisfies CallMethod[]);

function lateQuestion(method: string): Error {
  return makeError(
    'CellEndedError',
    'call.cell_ended',
    `“${method}” was called after its cell had ended or was interrupted, so nobody was asked and nothing was recorded.`,
    'Await it in the cell: a timer or a callback that goes on after the cell has ended may not ask people.'
  );
}

/** Methods that need a running step. */
type StepMethod = Exclude<CallMethod, 'secret.learn'>;

type Handler<M extends StepMethod> = (
  parts: CallParts,
  running: RunningStep,
  params: CallParams[M],
  signal: AbortSignal
) => Promise<unknown>;

const HANDLERS: { [M in StepMethod]: Handler<M> } = {
  'effect.start': (parts, running, params) => parts.effects.start(running, params),
  'effect.plan': (parts, running, params) => parts.effects.plan(running, params),
  'effect.end': (parts, _running, params) => parts.effects.end(params.effect, params),
  'approval.ask': (parts, running, params, signal) =>
    parts.approvals.ask(running, params, signal, id => parts.stdin.offerApproval(running, id, params.name)),
  'checklist.ask': (parts, running, params, signal) =>
    parts.checklists.ask(running, params, signal, id => parts.stdin.offerChecklist(running, id, params)),
  'board.assign': async (parts, running, params) => (await parts.boards.assign(running, params)).id,
  'board.gather': (parts, running, params, signal) =>
    parts.boards.gather(running, params, signal, parts.stdin.unanswerable(running)),
  'board.checked': (parts, _running, params) => parts.boards.checked(params),
  'checkpoint.reach': (parts, running, params) => parts.effects.checkpoint(running, params.name),
  'note.write': (parts, running, params) => parts.effects.note(running, params.text),
  'times.ask': async (parts, _running, params) => parts.times(params.name),
  'rollback.register': (parts, running, params) => parts.effects.registerRollback(running, params.name),
  'rollback.start': (parts, running, params) => parts.effects.startRollback(running, params.rollback),
  'rollback.end': (parts, _running, params) => parts.effects.endRollback(params.rollback, params)
};
