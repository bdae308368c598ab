// The state of a run as the journal tells it. Plain data: sent over the comm, shown by the panel, printed by the command.
import type { BoardState } from './board.js';
import type { DriverState, GuardState, WheelRequest } from './driver.js';
import type { ErrorRecord } from './error.js';
import type { ApprovalState, ChecklistState } from './hold.js';
import { EMPTY_OUTLINE, type Outline } from './outline.js';
import type { Person } from './person.js';
import type { Outcome, RunInfo, StepStatus } from './run.js';

/** One execution of a step. Times are ISO 8601 UTC; `endedAt` is null while it runs. */
export interface AttemptState {
  readonly attempt: number;
  readonly executionCount: number;
  readonly by: Person;
  readonly sourceHash: string;
  readonly queuedAt: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly outcome: Outcome | null;
  readonly error: ErrorRecord | null;
}

/** A step with every attempt, oldest first. */
export interface StepState {
  readonly id: string;
  readonly status: StepStatus;
  readonly attempts: readonly AttemptState[];
  /** Ids of approvals and checklists it asked for, oldest first. */
  readonly holds: readonly string[];
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
}

/** A registered undo step. */
export interface RollbackState {
  readonly id: string;
  readonly name: string;
  readonly step: string;
  readonly status: 'registered' | 'running' | Outcome;
}

/** A place to return to. */
export interface CheckpointState {
  readonly name: string;
  readonly step: string;
  readonly at: string;
}

/** A remark. */
export interface NoteState {
  readonly text: string;
  readonly step: string | null;
  readonly by: Person;
  readonly at: string;
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
  /** The typed name of the environment; null until it was asked for. */
  readonly guard: GuardState | null;
  /** Approvals that were released against the policy, oldest first. Not empty: the run is amber, for ever. */
  readonly glassBroken: readonly string[];
  /** Effects that have no end yet. */
  readonly openEffects: { readonly [effect: string]: EffectState };
  readonly checkpoints: readonly CheckpointState[];
  readonly rollbacks: readonly RollbackState[];
  readonly notes: readonly NoteState[];
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
    guard: null,
    glassBroken: [],
    openEffects: {},
    checkpoints: [],
    rollbacks: [],
    notes: []
  };
}

/** The last attempt of a step, or undefined when it never ran. */
export function lastAttemptOf(state: RunState, step: string): AttemptState | undefined {
  return state.steps[step]?.attempts.at(-1);
}
