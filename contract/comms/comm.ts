// The comm `launchbook.run` between the kernel and a front end.
// The front end opens it with `RunHello`. The kernel answers with the whole state, then sends every further record;
// the front end folds them with reduce.ts, so both hold the same state. A front end may open a new comm at any time.
// What all front ends are told is sent once, as a message whose comm id is `launchbook.run` itself: Jupyter gives each message of a
// kernel to all of its pages, so that fifty messages for fifty pages would be 2,500.
import type { ErrorRecord } from '../base/error.js';
import type { JournalRecord } from '../journal/journal.js';
import type { Outline } from '../notebook/outline.js';
import type { Person } from '../base/person.js';
import type { PhaseRehearsal } from '../rehearsal/phase-rehearsal.js';
import type { ContinuePlan } from '../plans/continue-plan.js';
import type { SecondRun } from '../plans/second-run.js';
import type { ResumePlan } from '../plans/resume-plan.js';
import type { RollbackPlan } from '../plans/rollback-plan.js';
import type { RunState } from '../state/state.js';
import type { ActName, ActParams } from './acts.js';
import type { Vouch } from './vouch.js';

/** Target name of the comm. */
export const RUN_COMM = 'launchbook.run';

/** Data of `comm_open`. `user` is the identity the front end claims; the kernel grades it. */
export interface RunHello {
  readonly version: number;
  /** Random id of the page, so that the kernel drops the page's older comms. */
  readonly client: string;
  readonly user: { readonly username: string; readonly name: string };
  /** The outline of the open document, which may be newer than the file. */
  readonly outline: Outline | null;
  /** Absent: not told. */
  readonly document?: OpenDocument;
  /** What the server says of who is at the page. Absent: it says nothing. */
  readonly vouch?: Vouch;
}

/** Data of `comm_close` from the kernel: why it does not talk about the run. */
export interface Refusal {
  readonly reason: string;
  /** Absent: the two do not understand each other, or the kernel is of a version that did not tell. */
  readonly error?: ErrorRecord;
}

/** Where the page has its document. A page whose document is renamed opens a new comm. */
export interface OpenDocument {
  /** From the folder that the server shows, with forward slashes. */
  readonly path: string;
  /** Id of its run; null in a scratch notebook. */
  readonly run: string | null;
}

/** The document's outline changed. */
export interface OutlineMessage {
  readonly type: 'outline';
  readonly outline: Outline;
  /** SHA-256 (hex) of the texts of the open document's cells by id, which may be newer than the file. Absent: not told. */
  readonly sources?: { readonly [cell: string]: string };
}

/** The page is still there. Sent every 30 s, so that the kernel knows whether the driver has vanished. */
export interface HereMessage {
  readonly type: 'here';
}

/** Asks for an act. Answered with an {@link AnswerMessage}. */
export type RequestMessage<A extends ActName = ActName> = {
  readonly [N in A]: ActParams[N] & {
    readonly type: N;
    /** Random id; the answer carries it. */
    readonly request: string;
    /** What the server says of who asks, for this message alone. Absent: it says nothing. */
    readonly vouch?: Vouch;
  };
}[A];

/** A request before it has an id. */
export type RequestBody = { readonly [A in ActName]: ActParams[A] & { readonly type: A } }[ActName];

/** Front end to kernel. */
export type ClientMessage = OutlineMessage | HereMessage | RequestMessage;

/** The whole state, sent once after `comm_open`. */
export interface StateMessage {
  readonly type: 'state';
  readonly version: number;
  readonly state: RunState;
  /** Who the kernel takes this client for, and how sure it is. */
  readonly you: Person;
  /** After how many milliseconds without a sign the driver may be replaced. */
  readonly driverVanishedMs: number;
  /** The environment is a production one: its banner stays visible. */
  readonly isProduction: boolean;
  /** Colour of the environment in launchbook.yml, as CSS writes it. Absent: none is given. */
  readonly colour?: string;
}

/** A step of a live run in production waits until the name of the environment is typed, or no longer does. */
export interface GuardMessage {
  readonly type: 'guard';
  readonly environment: string;
  /** Whose step waits. */
  readonly by: Person;
  readonly isWaiting: boolean;
}

/** Nobody has to answer this `input_request` any more: its field can be closed. */
export interface WithdrawnMessage {
  readonly type: 'withdrawn';
  /** Its message id. The kernel asks one question at a time. */
  readonly question: string;
}

/** What is known of the rehearsals of a live run's phases. Sent after the state, and again when it has become another. */
export interface RehearsalsMessage {
  readonly type: 'rehearsals';
  readonly phases: readonly PhaseRehearsal[];
}

/** The people whose pages are open, each once, in the order in which they came. Sent on opening and whenever it changes. */
export interface PresentMessage {
  readonly type: 'present';
  readonly people: readonly Person[];
}

/** More records, in their order. Those of outputs are left out: who misses outputs asks for them (outputs-comm.ts). */
export interface RecordsMessage {
  readonly type: 'records';
  /** Number of the record told before. A front end whose state ends before it misses something. */
  readonly after: number;
  readonly records: readonly JournalRecord[];
}

/** The answer to a request. `error` is null when it was done. */
export interface AnswerMessage {
  readonly type: 'answer';
  readonly request: string;
  readonly error: ErrorRecord | null;
  /** What a `resume` has brought back. */
  readonly resumed?: { readonly steps: number; readonly durationMs: number };
  /** What was asked for with `plan-resume`. */
  readonly resume?: ResumePlan;
  /** What was asked for with `plan-rollback`. */
  readonly rollback?: RollbackPlan;
  /** What was asked for with `plan-continue`, or decided with `continue`. */
  readonly continued?: ContinuePlan;
  /** What was asked for with `plan-run-again`, in the order of the request. */
  readonly again?: readonly SecondRun[];
}

/** Kernel to front end. */
export type KernelMessage =
  | StateMessage
  | RecordsMessage
  | AnswerMessage
  | GuardMessage
  | WithdrawnMessage
  | PresentMessage
  | RehearsalsMessage;
