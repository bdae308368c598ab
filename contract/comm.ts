// The comm `launchbook.run` between the kernel and a front end.
// The front end opens it with `RunHello`. The kernel answers with the whole state, then sends every further record;
// the front end folds them with reduce.ts, so both hold the same state. A front end may open a new comm at any time.
import type { ErrorRecord } from './error.js';
import type { Judgement, JournalRecord } from './journal.js';
import type { JsonObject } from './json.js';
import type { Outline } from './outline.js';
import type { Person } from './person.js';
import type { PhaseRehearsal } from './rehearsal/phase-rehearsal.js';
import type { ResumePlan } from './resume-plan.js';
import type { RewindPlan } from './rewind-plan.js';
import type { RollbackPlan } from './rollback-plan.js';
import type { RunState } from './state.js';

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

/** A person decides on an approval. */
export interface DecideMessage {
  readonly type: 'decide';
  /** Random id; the answer carries it. */
  readonly request: string;
  readonly approval: string;
  /** The content hash that the person saw. */
  readonly content: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  /** Answers to the form of the request, by field name. Absent: none. */
  readonly values?: JsonObject;
}

/** A signed decision that `launchbook approve` printed. Who decided stands in the token, not in the client that brings it. */
export interface DecideSignedMessage {
  readonly type: 'decide-signed';
  readonly request: string;
  readonly token: string;
}

/** A person takes an approval back. What follows is locked again. */
export interface RevokeMessage {
  readonly type: 'revoke';
  readonly request: string;
  readonly approval: string;
  readonly reason: string;
}

/** A person releases against the policy. The run is amber from then on. */
export interface BreakGlassMessage {
  readonly type: 'break-glass';
  readonly request: string;
  readonly approval: string;
  /** At least 10 characters. */
  readonly reason: string;
}

/** A person releases a phase without the rehearsal that the policy asks for. The run is amber from then on. */
export interface ReleasePhaseMessage {
  readonly type: 'release-phase';
  readonly request: string;
  /** Id of the phase. */
  readonly phase: string;
  /** At least 10 characters. */
  readonly reason: string;
}

/** A person ticks or unticks an item of a checklist. */
export interface TickMessage {
  readonly type: 'tick';
  readonly request: string;
  readonly checklist: string;
  /** 0-based. */
  readonly item: number;
  readonly ticked: boolean;
}

/** A person takes a task on, says that it is done, or opens it again. */
export interface TaskMessage {
  readonly type: 'task';
  readonly request: string;
  readonly board: string;
  readonly task: string;
  readonly action: 'accept' | 'done' | 'reopen';
  readonly comment: string;
}

/** A watcher asks the driver for the wheel. */
export interface AskWheelMessage {
  readonly type: 'ask-wheel';
  readonly request: string;
}

/** The driver answers who asked for the wheel. */
export interface AnswerWheelMessage {
  readonly type: 'answer-wheel';
  readonly request: string;
  readonly wheel: string;
  readonly accepted: boolean;
  readonly reason: string;
}

/** The driver offers the wheel to a watcher whose page is open. */
export interface OfferWheelMessage {
  readonly type: 'offer-wheel';
  readonly request: string;
  /** Username of the watcher. */
  readonly to: string;
}

/** The driver takes an offer back (`accepted` is false), or the watcher to whom it was made accepts or declines it. */
export interface SettleOfferMessage {
  readonly type: 'settle-offer';
  readonly request: string;
  readonly wheel: string;
  readonly accepted: boolean;
  readonly reason: string;
}

/** A person takes the wheel of a driver who has not been seen for the time that launchbook.yml states (15 minutes). */
export interface ReplaceDriverMessage {
  readonly type: 'replace-driver';
  readonly request: string;
  readonly reason: string;
}

/** The driver types the name of a production environment before the first step. */
export interface ConfirmEnvironmentMessage {
  readonly type: 'confirm-environment';
  readonly request: string;
  readonly typed: string;
}

/** A person has the lost variables brought back. Answered when the replay has ended; records tell how far it is. */
export interface ResumeMessage {
  readonly type: 'resume';
  readonly request: string;
  /** Texts of the open document's cells by step, which may be newer than the file. Absent: the file's. */
  readonly texts?: { readonly [step: string]: string };
}

/** A person has steps run again instead of bringing their variables back. */
export interface DiscardMessage {
  readonly type: 'discard';
  readonly request: string;
  /** Id of the first step that is run again; null means all. */
  readonly from: string | null;
  /** Not empty. */
  readonly reason: string;
}

/** A person says what became of an effect that has no recorded end. */
export interface JudgeMessage {
  readonly type: 'judge';
  readonly request: string;
  readonly effect: string;
  readonly judgement: Judgement;
  readonly reason: string;
}

/** A person leaves a step out. */
export interface SkipMessage {
  readonly type: 'skip';
  readonly request: string;
  readonly step: string;
  /** Not empty. */
  readonly reason: string;
}

/** A person goes back to a checkpoint. Answered when the undo steps have ended. */
export interface RewindMessage {
  readonly type: 'rewind';
  readonly request: string;
  readonly checkpoint: string;
  readonly reason: string;
}

/** A person rolls back to before a step. Answered when the undo steps have ended. */
export interface RollBackMessage {
  readonly type: 'roll-back';
  readonly request: string;
  /** Id of the step; null means everything. */
  readonly step: string | null;
  /** Not empty. */
  readonly reason: string;
}

/** Asks what a resume would do now; the answer carries it. Changes nothing. */
export interface PlanResumeMessage {
  readonly type: 'plan-resume';
  readonly request: string;
  /** As in {@link ResumeMessage}. */
  readonly texts?: { readonly [step: string]: string };
}

/** Asks what going back to a checkpoint would do now; the answer carries it. Changes nothing. */
export interface PlanRewindMessage {
  readonly type: 'plan-rewind';
  readonly request: string;
  readonly checkpoint: string;
}

/** Asks what rolling back to before a step would do now; the answer carries it. Changes nothing. */
export interface PlanRollbackMessage {
  readonly type: 'plan-rollback';
  readonly request: string;
  readonly step: string | null;
}

/** Messages that the kernel answers with an {@link AnswerMessage}. */
export type RequestMessage =
  | DecideMessage
  | DecideSignedMessage
  | RevokeMessage
  | BreakGlassMessage
  | ReleasePhaseMessage
  | TickMessage
  | TaskMessage
  | AskWheelMessage
  | AnswerWheelMessage
  | OfferWheelMessage
  | SettleOfferMessage
  | ReplaceDriverMessage
  | ConfirmEnvironmentMessage
  | ResumeMessage
  | DiscardMessage
  | JudgeMessage
  | SkipMessage
  | RewindMessage
  | RollBackMessage
  | PlanResumeMessage
  | PlanRewindMessage
  | PlanRollbackMessage;

/** A request before it has an id. */
export type RequestBody = RequestMessage extends infer M
  ? M extends RequestMessage
    ? Omit<M, 'request'>
    : never
  : never;

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
  readonly isWaiting: boolean;
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

/** One more record. Records of outputs are left out: who misses outputs asks for them (outputs-comm.ts). */
export interface RecordMessage {
  readonly type: 'record';
  /** Number of the record told before. A front end whose state ends before it misses something. */
  readonly after: number;
  readonly record: JournalRecord;
}

/** The answer to a request. `error` is null when it was done. */
export interface AnswerMessage {
  readonly type: 'answer';
  readonly request: string;
  readonly error: ErrorRecord | null;
  /** What was asked for with `plan-resume`. */
  readonly resume?: ResumePlan;
  /** What was asked for with `plan-rewind`. */
  readonly rewind?: RewindPlan;
  /** What was asked for with `plan-rollback`. */
  readonly rollback?: RollbackPlan;
}

/** Kernel to front end. */
export type KernelMessage =
  StateMessage | RecordMessage | AnswerMessage | GuardMessage | PresentMessage | RehearsalsMessage;
