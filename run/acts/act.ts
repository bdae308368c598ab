// An entry in the table of acts: who may ask for it, whether it only reads, what it takes, and what it does.
import type { ChecksOf } from '../../contract/base/checks.js';
import type { Person } from '../../contract/base/person.js';
import type { ActName, ActParams } from '../../contract/comms/acts.js';
import type { AnswerMessage } from '../../contract/comms/comm.js';
import type { PlannedStep } from '../../contract/plans/resume-plan.js';
import type { ProductionGuard } from '../gate/production-guard.js';
import type { Rehearsals } from '../gate/rehearsals.js';
import type { SecondRuns } from '../gate/second-runs.js';
import type { StepOrder } from '../gate/step-order.js';
import type { Wheel } from '../gate/wheel.js';
import type { Rollback } from '../going-back/rollback.js';
import type { Approvals } from '../holds/approvals.js';
import type { Checklists } from '../holds/checklists.js';
import type { SignedDecisions } from '../holds/signed-decisions.js';
import type { StandingApprovals } from '../holds/standing-approvals.js';
import type { TaskLists } from '../holds/task-lists.js';
import type { Lane } from '../keeper/lane.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { ClientSession, People } from '../people/people.js';
import type { Cell } from '../ports.js';
import type { Continuing } from '../resume/continuing.js';
import type { Judgements } from '../resume/judgements.js';
import type { Resumer } from '../resume/resumer.js';

/** An act of this name. */
export interface Act<A extends ActName> {
  readonly who: Who;
  /** What each parameter must be. Whether it makes sense is for the act to say, with the reason. */
  readonly takes: ChecksOf<ActParams[A]>;
  /** It needs the executor for itself: it is refused while something else runs. A line command has the executor already. */
  readonly occupies?: string;
  /** Does it. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  readonly carryOut: (parts: ActParts, params: ActParams[A], asker: Asker) => Promise<ActAnswer | void>;
}

/**
 * Who may ask for an act.
 *
 * - `everybody`: it only reads. What changes the run is never for everybody.
 * - `driver`: whoever may execute in this run: the driver of a live run, everybody elsewhere.
 * - `rules`: its own rules say who: the approvers, the people of a task, whoever holds the wheel or asks for it.
 */
export type Who = 'everybody' | 'driver' | 'rules';

/** What the answer carries. */
export type ActAnswer = Pick<AnswerMessage, 'resume' | 'rollback' | 'resumed' | 'continued' | 'again'>;

/** Where an act is asked from. */
export interface AskedFrom {
  readonly client: ClientSession;
  /** The cell of a line command, under which undo steps show what they print. */
  readonly cell?: Cell;
  /** Hears of each step that a resume replays, before it begins. */
  readonly onReplay?: (step: PlannedStep, index: number, count: number) => void;
}

/** Who asks for an act, and from where. */
export interface Asker extends AskedFrom {
  readonly by: Person;
}

/** What the acts work with. */
export interface ActParts {
  readonly keeper: RunKeeper;
  readonly people: People;
  readonly wheel: Wheel;
  readonly lane: Lane;
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly taskLists: TaskLists;
  readonly signed: SignedDecisions;
  readonly standing: StandingApprovals;
  readonly guard: ProductionGuard;
  readonly rehearsals: Rehearsals;
  readonly order: StepOrder;
  readonly secondRuns: SecondRuns;
  readonly resumer: Resumer;
  readonly judgements: Judgements;
  readonly continuing: Continuing;
  readonly rollback: Rollback;
}
