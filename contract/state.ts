// The state of a run as the journal tells it. Plain data: sent over the comm, shown by the panel, printed by the command.
import type { BoardState } from './board.js';
import type { DriverState, GuardState, WheelOffer, WheelRequest } from './driver.js';
import type { ErrorRecord } from './error.js';
import type { ApprovalState, ChecklistState } from './hold.js';
import type { Judgement } from './journal/resume.js';
import { EMPTY_OUTLINE, type Outline } from './outline.js';
import type { Person } from './person.js';
import type { BrokenGlass, PhaseAdmission } from './rehearsal/admission.js';
import type { PolicyState } from './policy.js';
import type { Outcome, RunInfo, StepStatus } from './run.js';
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
  /** The attempt that died in the middle and is gone on with here, or null when this one began anew. */
  readonly continues: number | null;
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
 * - `rewound`: a person went back to a checkpoint; `cause` is its name.
 * - `discarded`: a person gave lost variables up; `cause` is the reason.
 * - `rolled-back`: a person undid it; `cause` is the reason.
 */
export interface StaleState {
  readonly at: string;
  readonly because: 'rerun' | 'rewound' | 'discarded' | 'rolled-back';
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
  readonly outcome: Outcome | null;
  /** What a person said became of it, when its attempt died before its end. The last word counts. */
  readonly judged: JudgementState | null;
}

/** A person's word on an inconclusive effect. */
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
  /** The step in which it was run last: a cell, or its own undo step when a person rolled back. Absent: it was not run. */
  readonly ranIn?: string;
}

/** A person goes back, or has begun to: undo steps run, or the last of them did not pass. */
export interface UndoingState {
  readonly by: Person;
  readonly at: string;
  readonly reason: string;
  /** Where it goes back to: a checkpoint, or before a step. Both null: before the first step. */
  readonly checkpoint: string | null;
  readonly step: string | null;
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

/** Everything the journal says, up to and including record `seq`. */
export interface RunState {
  /** Sequence number of the last record; 0 before the first. */
  readonly seq: number;
  readonly run: RunInfo | null;
  readonly notebook: string;
  readonly openedAt: string | null;
  readonly lastAt: string | null;
  readonly outline: Outline;
  readonly steps: { readonly [step: string]: StepState };
  readonly approvals: { readonly [approval: string]: ApprovalState };
  readonly checklists: { readonly [checklist: string]: ChecklistState };
  /** Tasks of people. */
  readonly boards: { readonly [board: string]: BoardState };
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
  /** Phases that the policy had locked and the journal has let in, by id. */
  readonly admissions: { readonly [phase: string]: PhaseAdmission };
  /** Phases that were released against the policy, oldest first. Not empty: the run is amber, for ever. */
  readonly phasesReleased: readonly BrokenGlass[];
  /** What launchbook.yml asks of people; null before the first step, in scratch notebooks and in older journals. */
  readonly policy: PolicyState | null;
  /** Effects that have no end yet. */
  readonly openEffects: { readonly [effect: string]: EffectState };
  readonly checkpoints: readonly CheckpointState[];
  readonly rollbacks: readonly RollbackState[];
  /** Null unless a person goes back, or what they began has stopped and nobody has gone on otherwise. */
  readonly undoing: UndoingState | null;
  readonly notes: readonly NoteState[];
  /** Null unless variables of finished steps are gone. */
  readonly recovery: RecoveryState | null;
  /** Writes that a crash cut off, oldest first. */
  readonly tornLines: readonly TornLineState[];
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
    steps: {},
    approvals: {},
    checklists: {},
    boards: {},
    driver: null,
    wheel: null,
    offer: null,
    guard: null,
    glassBroken: [],
    admissions: {},
    phasesReleased: [],
    policy: null,
    openEffects: {},
    checkpoints: [],
    rollbacks: [],
    undoing: null,
    notes: [],
    recovery: null,
    tornLines: []
  };
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

/** Username of whoever drives when an approval is decided: of a live run the driver, else the person who ran the step that asks. */
export function driverOf(
  state: RunState,
  approval: Pick<ApprovalState, 'step' | 'attempt'> | undefined
): string | null {
  const attempts = approval && state.steps[approval.step]?.attempts;
  const asking = attempts?.find(({ attempt }) => attempt === approval?.attempt);
  return state.driver?.person.username ?? asking?.by.username ?? null;
}
