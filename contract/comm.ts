// The comm `launchbook.run` between the kernel and a front end.
// The front end opens it with `RunHello`. The kernel answers with the whole state, then sends every further record;
// the front end folds them with reduce.ts, so both hold the same state. A front end may open a new comm at any time.
import type { ErrorRecord } from './error.js';
import type { JournalRecord } from './journal.js';
import type { Outline } from './outline.js';
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

/** Front end to kernel. */
export type ClientMessage = OutlineMessage | DecideMessage | TickMessage;

/** The whole state, sent once after `comm_open`. */
export interface StateMessage {
  readonly type: 'state';
  readonly version: number;
  readonly state: RunState;
}

/** One more record; `seq` is one higher than that of the state or record before. */
export interface RecordMessage {
  readonly type: 'record';
  readonly record: JournalRecord;
}

/** The answer to a request. `error` is null when it was done. */
export interface AnswerMessage {
  readonly type: 'answer';
  readonly request: string;
  readonly error: ErrorRecord | null;
}

/** Kernel to front end. */
export type KernelMessage = StateMessage | RecordMessage | AnswerMessage;
