// The state of a run as the journal tells it. Plain data: sent over the comm, shown by the panel, printed by the command.
import { byId } from '../base/by-id.js';
import type { StaleBecause } from '../holds/stale-approval.js';
import type { TaskListState } from '../holds/task-list.js';
import type { DriverState, GuardState, WheelOffer, WheelRequest } from './driver.js';
import type { ErrorRecord } from '../base/error.js';
import type { KeptText } from '../base/kept-text.js';
import type { ApprovalState, ChecklistState } from '../holds/hold.js';
import type { Judgement } from '../base/judgement.js';
import { EMPTY_OUTLINE, type Outline } from '../notebook/outline.js';
import type { Person } from '../base/person.js';
import type { BrokenGlass, PhaseAdmission } from '../rehearsal/admission.js';
import type { PolicyState } from '../holds/policy.js';
import type { RollbackTarget } from '../base/rollback-target.js';
import type { Outcome, RunInfo, StepStatus } from '../base/run.js';
import type { OrderWaiver, OutOfOrder } from './out-of-order.js';
import type { TornLineState } from './torn-line.js';

/** One execution of a step. Times are ISO 8601 UTC; `endedAt` is null while it runs. */
export interface AttemptState {
  readonly attempt: number;
  /** Sequence number of the record that began it: attempts in the order of time. */
  readonly seq: number;
  readonly executionCount: number;
  readonly by: Person;
  /** Id of the page that executed it, or the session of another client. Absent in older journals. */
  readonly client?: string;
  readonly sourceHash: string;
  readonly queuedAt: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly outcome: Outcome | null;
  readonly error: ErrorRecord | null;
  /** The attempt that died in the middle and is continued here, or null when this one began from the start. */
  readonly continues: number | null;
  /** It began although steps before it were open. Absent: none was, or nobody keeps the order here. */
  readonly outOfOrder?: OutOfOrder;
  /** How many outputs of it are recorded. Absent when there are none, or when an older version recorded the attempt. */
  readonly outputs?: number;
}

/** A step with every attempt, oldest first. */
export interface StepState {
  readonly id: string;
  readonly status: StepStatus;
  readonly attempts: readonly AttemptState[];
  /** Ids of approvals and checklists it asked for, oldest first. */
  readonly holds: readonly string[];
  /** Who left it out, and why; null unless its status is `skipped`. */
  readonly skipped: SkipState | null;
  /** Why it does not count any more; null unless its status is `stale`. */
  readonly stale: StaleState | null;
  /** A person lets its next attempt go on where the failed one ended. Absent: nobody does. */
  readonly continuing?: ContinuingState;
}

/** A person's word that a failed attempt is continued. */
export interface ContinuingState {
  readonly attempt: number;
  readonly sourceHash: string;
  readonly by: Person;
  readonly reason: string | null;
  readonly at: string;
}

/** A person left a step out. */
export interface SkipState {
  readonly by: Person;
  readonly reason: string;
  readonly at: string;
  readonly seq: number;
}

/**
 * Why a step does not count any more.
 * - `rerun`: a step before it was run again; `cause` is that step's id.
 * - `rewound`: in journals of earlier versions, a person went back to a checkpoint; `cause` is its name.
 * - `discarded`: a person gave lost variables up; `cause` is the reason.
 * - `rolled-back`: a person undid it; `cause` is the reason.
 */
export interface StaleState {
  readonly at: string;
  readonly because: StaleBecause;
  readonly cause: string;
}

/** An effect. `outcome` is null while it has no end. */
export interface EffectState {
  readonly id: string;
  readonly step: string;
  readonly attempt: number;
  readonly helper: string;
  readonly label: string;
  readonly startedAt: string;
  /** The effect in which it began. Absent: none, or a journal of an earlier version. */
  readonly within?: string;
  /** A command that changes something although it stands in a wait. Absent: its author has not said so. */
  readonly changes?: boolean;
  readonly outcome: Outcome | null;
  /** How a person said that it ended, when its attempt died before its end. The last statement counts. */
  readonly judged: JudgementState | null;
}

/** What a person said about an inconclusive effect. */
export interface JudgementState {
  readonly judgement: Judgement;
  readonly by: Person;
  readonly reason: string;
  readonly at: string;
}

/**
 * The process that held the variables of finished steps is gone, and they are not back yet.
 * While this stands, steps of a run are not executed: a person resumes or discards.
 */
export interface RecoveryState {
  readonly since: string;
  /** Which process ended: the kernel, or the executor under it. */
  readonly cause: 'kernel' | 'executor';
  /** Ids of the steps whose variables are not back, in the order in which they passed. */
  readonly lost: readonly string[];
  /** The resume that goes on now, with all the steps it replays; null while nobody has begun one. */
  readonly resume: { readonly by: Person; readonly at: string; readonly steps: readonly string[] } | null;
  /** Why the last resume stopped, or null. */
  readonly error: ErrorRecord | null;
}

/** A registered undo step. */
export interface RollbackState {
  readonly id: string;
  readonly name: string;
  readonly step: string;
  /** Sequence number of the record that registered it: undo steps run from the highest down. */
  readonly seq: number;
  readonly status: 'registered' | 'running' | Outcome;
  /** The attempt of its step that registered it; null when it is not known. */
  readonly attempt: number | null;
  /** What it will use: values of the notebook's names that it has kept. Absent in journals of earlier versions. */
  readonly values?: readonly KeptText[];
  /** The step in which it was run last: a cell, or its own undo step when a person rolled back. Absent: it was not run. */
  readonly ranIn?: string;
}

/** A person rolls back, or has begun to: undo steps run, or the last of them did not pass. */
export interface UndoingState extends RollbackTarget {
  readonly by: Person;
  readonly at: string;
  readonly reason: string;
  /** Ids of the undo steps, in the order in which they run. */
  readonly rollbacks: readonly string[];
  /** Why it has stopped; null while it goes on. */
  readonly error: ErrorRecord | null;
}

/** A place to return to. */
export interface CheckpointState {
  readonly name: string;
  readonly step: string;
  readonly at: string;
  readonly seq: number;
}

/** A remark. */
export interface NoteState {
  readonly text: string;
  readonly step: string | null;
  readonly by: Person;
  readonly at: string;
  readonly seq: number;
}

/** The run is archived: it is read, and nothing is added to it. */
export interface ArchivedState {
  /** Null where an earlier version made the archive, which does not say it. */
  readonly by: Person | null;
  readonly at: string;
}

/** Where a step stood when it asked: ids in the order of the outline. */
export interface AskedBetween {
  readonly before: readonly string[];
  readonly behind: readonly string[];
}

/** Everything the journal says, up to and including record `seq`. */
export interface RunState {
  /** Sequence number of the last record; 0 before the first. */
  readonly seq: number;
  readonly run: RunInfo | null;
  readonly notebook: string;
  readonly openedAt: string | null;
  readonly lastAt: string | null;
  /** The latest time of any record, or that of the word of a person that the clock is right. Absent: {@link lastAt}. */
  readonly latestAt?: string;
  readonly outline: Outline;
  /** The outline with which the run began; null while it has not changed since. What was open in it stays open. */
  readonly outlineAtStart: Outline | null;
  readonly steps: { readonly [step: string]: StepState };
  readonly approvals: { readonly [approval: string]: ApprovalState };
  readonly checklists: { readonly [checklist: string]: ChecklistState };
  /** Tasks of people. */
  readonly taskLists: { readonly [taskList: string]: TaskListState };
  /** Who drives a live run; null before its first step, and in every other notebook. */
  readonly driver: DriverState | null;
  /** Somebody asks the driver for the wheel; null when nobody does. */
  readonly wheel: WheelRequest | null;
  /** The driver offers the wheel to somebody; null when they do not. */
  readonly offer: WheelOffer | null;
  /** The typed name of the environment; null until it was asked for. */
  readonly guard: GuardState | null;
  /** Approvals that were released against the policy, oldest first. Not empty: the run is amber, for ever. */
  readonly glassBroken: readonly string[];
  /** Phases that the policy had locked and the journal has admitted, by id. */
  readonly admissions: { readonly [phase: string]: PhaseAdmission };
  /** Phases that were released against the policy, oldest first. Not empty: the run is amber, for ever. */
  readonly phasesReleased: readonly BrokenGlass[];
  /** What launchbook.yml asks of people; null before the first step, in scratch notebooks and in older journals. */
  readonly policy: PolicyState | null;
  /** Effects that have no end yet. */
  readonly openEffects: { readonly [effect: string]: EffectState };
  /** Effects that an interrupt has cut off: they have an end, and how far they came is not known. */
  readonly cutOffEffects: { readonly [effect: string]: EffectState };
  readonly checkpoints: readonly CheckpointState[];
  readonly rollbacks: readonly RollbackState[];
  /** Null unless a person rolls back, or what they began has stopped and nobody has gone on otherwise. */
  readonly undoing: UndoingState | null;
  readonly notes: readonly NoteState[];
  /** Steps whose next attempt may begin out of order, by id. */
  readonly orderWaivers: { readonly [step: string]: OrderWaiver };
  /** Steps that a person lets run again, by id: the attempt that is repeated. It counts for the next attempt alone. */
  readonly secondRuns: { readonly [step: string]: number };
  /** By each step that asked for an approval: the steps that stood before and behind it in the outline when it asked last. */
  readonly askedBetween: { readonly [step: string]: AskedBetween };
  /** Hold points that were left out against the policy, oldest first. Not empty: the run is amber, for ever. */
  readonly holdsSkipped: readonly BrokenGlass[];
  /** Null unless variables of finished steps are gone. */
  readonly recovery: RecoveryState | null;
  /** Writes that a crash cut off, oldest first. */
  readonly tornLines: readonly TornLineState[];
  /** Absent: the run is not archived, or a person has reopened it since. */
  readonly archived?: ArchivedState;
}

/** The state before the first record. */
export function emptyRunState(): RunState {
  return {
    seq: 0,
    run: null,
    notebook: '',
    openedAt: null,
    lastAt: null,
    outline: EMPTY_OUTLINE,
    outlineAtStart: null,
    steps: byId(),
    approvals: byId(),
    checklists: byId(),
    taskLists: byId(),
    driver: null,
    wheel: null,
    offer: null,
    guard: null,
    glassBroken: [],
    admissions: byId(),
    phasesReleased: [],
    policy: null,
    openEffects: byId(),
    cutOffEffects: byId(),
    checkpoints: [],
    rollbacks: [],
    undoing: null,
    notes: [],
    orderWaivers: byId(),
    secondRuns: byId(),
    askedBetween: byId(),
    holdsSkipped: [],
    recovery: null,
    tornLines: []
  };
}

/** The members that are tables by id. */
const TABLES = Object.entries(emptyRunState()).flatMap(([key, value]) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
    ? [key as keyof RunState]
    : []
);

/** A state that came as JSON or as a clone, with tables that hold nothing but their entries. The caller must not change `state` any more. */
export function revivedState(state: RunState): RunState {
  const tables = TABLES.map(key => [key, byId(state[key] as { readonly [id: string]: unknown } | undefined)]);
  return { ...state, ...(Object.fromEntries(tables) as Partial<RunState>) };
}

/** The last attempt of a step, or undefined when it never ran. */
export function lastAttemptOf(state: RunState, step: string): AttemptState | undefined {
  return state.steps[step]?.attempts.at(-1);
}

/**
 * True when the attempt ended at a hold point without a decision: nobody could be asked, the time was over, or its cell was stopped.
 * The run then waits for people; nothing of it is broken.
 */
export function isHeld(attempt: Pick<AttemptState, 'outcome' | 'error'> | undefined): boolean {
  return attempt?.error?.code.startsWith('hold.') === true && attempt.outcome !== 'rejected';
}

/** Whoever drives when an approval is decided or a task is reported on: of a live run the driver, else the person who ran the step that asks. */
export function driverOf(
  state: RunState,
  approval: Pick<ApprovalState, 'step' | 'attempt'> | undefined
): Person | null {
  const attempts = approval && state.steps[approval.step]?.attempts;
  const asking = attempts?.find(({ attempt }) => attempt === approval?.attempt);
  return state.driver?.person ?? asking?.by ?? null;
}

/** Sequence number of the last record that rejected or revoked an approval of the run; 0 when there is none. */
export function lastRefusal({ approvals }: Pick<RunState, 'approvals'>): number {
  return Object.values(approvals)
    .filter(({ status }) => status === 'rejected' || status === 'revoked')
    .reduce((last, { rev }) => Math.max(last, rev), 0);
}
