// What front ends ask for over the comm: plans, resume, discard, judgement, skip, rewind, rollback. One table from message to act.
import type { AnswerMessage, RequestMessage } from '../../../contract/comm.js';
import type { Person } from '../../../contract/person.js';
import type { Judgements } from './judgements.js';
import type { Lane } from './lane.js';
import type { Resumer } from './resumer.js';
import type { Rewinder } from './rewinder.js';
import type { Roller } from './roller.js';
import { undoingCell } from './undo-outputs.js';

/** Who does it. */
export interface ResumeActParts {
  readonly resumer: Resumer;
  readonly judgements: Judgements;
  readonly rewinder: Rewinder;
  readonly roller: Roller;
  readonly lane: Lane;
}

/** What an act adds to the answer. */
export type ActAnswer = Pick<AnswerMessage, 'resume' | 'rewind' | 'rollback'>;

/** The messages that are served here. */
export type ResumeMessageType =
  | 'resume'
  | 'discard'
  | 'judge'
  | 'skip'
  | 'rewind'
  | 'roll-back'
  | 'plan-resume'
  | 'plan-rewind'
  | 'plan-rollback';

type Act<T extends ResumeMessageType> = (
  parts: ResumeActParts,
  message: Extract<RequestMessage, { type: T }>,
  by: Person
) => Promise<ActAnswer | void>;

/** Acts of people who may execute in this run; the plans are for everybody. */
export const RESUME_ACTS: { readonly [T in ResumeMessageType]: Act<T> } = {
  'plan-resume': async ({ resumer }, { texts }) => ({ resume: await resumer.plan(texts) }),
  'plan-rewind': async ({ rewinder }, { checkpoint }) => ({ rewind: await rewinder.plan(checkpoint) }),
  'plan-rollback': async ({ roller }, { step }) => ({ rollback: await roller.plan(step) }),
  resume: async ({ resumer, lane }, { texts }, by) => {
    await lane.take('A resume', () => resumer.resume(by, texts));
  },
  discard: ({ judgements }, { from, reason }, by) => judgements.discard(from, reason, by),
  judge: ({ judgements }, { effect, judgement, reason }, by) =>
    judgements.judge(effect, judgement, reason, by),
  skip: ({ judgements }, { step, reason }, by) => judgements.skip(step, reason, by),
  rewind: async ({ rewinder, lane }, { checkpoint, reason }, by) => {
    await lane.take('A way back to a checkpoint', () =>
      rewinder.rewind(checkpoint, reason, by, undoingCell())
    );
  },
  'roll-back': async ({ roller, lane }, { step, reason }, by) => {
    await lane.take('A rollback', () => roller.rollBack(step, reason, by, undoingCell()));
  }
};

/** True for messages that only look. */
export function isPlanMessage(type: RequestMessage['type']): boolean {
  return PLANS.has(type);
}

const PLANS: ReadonlySet<string> = new Set<ResumeMessageType>([
  'plan-resume',
  'plan-rewind',
  'plan-rollback'
]);
