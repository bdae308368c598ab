// What a front end may ask for over the comm `launchbook.run`: one table from message to act. Each is answered with its error or null.
import type { RequestMessage } from '../../contract/comm.js';
import type { Person } from '../../contract/person.js';
import type { Approvals } from './approvals.js';
import type { Boards } from './boards.js';
import { makeError } from './cell-error.js';
import type { Checklists } from './checklists.js';
import type { ClientSession } from './people.js';
import type { ProductionGuard } from './production-guard.js';
import type { Rehearsals } from './rehearsals.js';
import { isPlanMessage, RESUME_ACTS, type ActAnswer, type ResumeActParts } from './resume/resume-acts.js';
import type { SignedDecisions } from './signed-decisions.js';
import type { Wheel } from './wheel.js';

/** What the acts work with. */
export interface ActParts {
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly boards: Boards;
  readonly signed: SignedDecisions;
  readonly wheel: Wheel;
  readonly guard: ProductionGuard;
  readonly rehearsals: Rehearsals;
  readonly resume: ResumeActParts;
}

/** Does what a message asks for, and gives what the answer carries. Rejects with the reason when it does not count. */
export async function actOn(
  parts: ActParts,
  message: RequestMessage,
  by: Person,
  session: ClientSession
): Promise<ActAnswer> {
  const act = ACTS[message.type] as Act<RequestMessage['type']> | undefined;
  if (!act) {
    throw makeError('UnknownMessageError', 'comm.unknown', 'The kernel does not know this message.');
  }
  return (await act(parts, message, by, session)) ?? {};
}

type Act<T extends RequestMessage['type']> = (
  parts: ActParts,
  message: Extract<RequestMessage, { type: T }>,
  by: Person,
  session: ClientSession
) => Promise<ActAnswer | void>;

/** What changes the run like an execution does is for whoever may execute. */
const RESUMING = Object.fromEntries(
  Object.entries(RESUME_ACTS).map(([type, act]): [string, Act<RequestMessage['type']>] => [
    type,
    async ({ wheel, resume }, message, by, session) => {
      const stranger = isPlanMessage(message.type) ? null : await wheel.refusalOf(session);
      if (stranger) {
        throw stranger;
      }
      return (act as (parts: ResumeActParts, message: RequestMessage, by: Person) => Promise<ActAnswer>)(
        resume,
        message,
        by
      );
    }
  ])
);

const ACTS: { readonly [T in RequestMessage['type']]?: Act<T> } = {
  decide: ({ approvals }, message, by) => approvals.decide(message, by),
  'decide-signed': ({ signed }, message) => signed.take(message.token),
  revoke: ({ approvals }, message, by) => approvals.revoke(message.approval, message.reason, by),
  'break-glass': ({ approvals }, message, by) => approvals.breakGlass(message.approval, message.reason, by),
  'release-phase': ({ rehearsals }, message, by) => rehearsals.release(message.phase, message.reason, by),
  tick: ({ checklists }, message, by) => checklists.tick(message, by),
  task: ({ boards }, message, by) => boards.move(message, by),
  'ask-wheel': ({ wheel }, _message, _by, session) => wheel.ask(session),
  'answer-wheel': ({ wheel }, message, _by, session) =>
    wheel.answer(session, message.wheel, message.accepted, message.reason),
  'offer-wheel': ({ wheel }, message, _by, session) => wheel.offer(session, message.to),
  'settle-offer': ({ wheel }, message, _by, session) =>
    wheel.settleOffer(session, message.wheel, message.accepted, message.reason),
  'replace-driver': ({ wheel }, message, _by, session) => wheel.replace(session, message.reason),
  'confirm-environment': ({ guard }, message, by) => guard.confirm(message.typed, by),
  ...RESUMING
};
