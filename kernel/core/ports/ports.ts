// What the kernel core knows of the outside: a transport that carries messages, an interpreter that runs cells,
// a gatekeeper that may refuse a cell, and a history. Everything else is behind these.
import type { CellError } from '../../../contract/base/cell-error.js';
import type { Json, JsonObject, MimeBundle } from '../../../contract/base/json.js';
import type { CellOutput, RecordedOutput } from '../../../contract/notebook/output.js';
import type { Message } from '../../protocol/messages.js';

/** The channels a message can travel on; the heartbeat never reaches the core. */
export type Channel = 'shell' | 'control' | 'iopub' | 'stdin';

/** Carries messages to and from clients. `send` keeps the order of its calls on each channel. */
export interface Transport {
  send(channel: Channel, message: Message): void;
  /** Messages arrive verified and parsed. One handler. */
  onMessage(handle: (channel: Channel, message: Message) => void): void;
  /** Resolves when everything sent so far is handed to the operating system. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** A cell to run. */
export interface Cell {
  /** Unique in this kernel; ties outputs to their request. */
  readonly key: string;
  readonly code: string;
  readonly executionCount: number;
  readonly isSilent: boolean;
  readonly storesHistory: boolean;
  /** The notebook's cell id, when the front end told it. */
  readonly cellId: string | null;
  /** When the request reached the kernel, ISO 8601 UTC. */
  readonly queuedAt: string;
  /** `session` and `username` of the request's header. */
  readonly session: string;
  readonly username: string;
  readonly allowsStdin: boolean;
  /** The request has the metadata that only the notebook page of JupyterLab and Notebook 7 sends. */
  readonly isFromPage?: boolean;
  /** Id of the run that the page shows to which the cell belongs; null when it says none. */
  readonly shownRun?: string | null;
  /** The texts of `user_expressions`. */
  readonly expressions?: readonly string[];
}

/** How a cell ended. `error` has everything the protocol's `error` message needs. */
export interface ExecuteOutcome {
  readonly status: 'ok' | 'error';
  readonly startedAt: string;
  readonly error?: CellError;
  /** The gatekeeper did not let it in: nothing of it has run. */
  readonly isRefused?: true;
  readonly userExpressions?: JsonObject;
  readonly payload?: readonly JsonObject[];
}

/** Keeps the whole output of cells that print more than a notebook should hold. */
export interface OutputArchive {
  /** A new file for the running cell; null when there is no place for one. */
  open(cell: Cell): OutputFile | null;
}

/** The whole text of one cell. It never throws; what cannot be written is logged. */
export interface OutputFile {
  /** How people find it: its path from the notebook's folder. */
  readonly name: string;
  append(text: string): void;
  close(): void;
}

/** Keeps what cells show, for clients that were not there. */
export interface OutputRecorder {
  /**
   * Keeps one output, after those before it. Null when there is nothing to wait for; otherwise it resolves when clients may
   * see the output, and never rejects.
   */
  record(cell: Cell, output: RecordedOutput): Promise<void> | null;
  /** The cell has ended. Resolves when all it has shown is kept. */
  complete(cell: Cell): Promise<void>;
}

/** Receives the outputs of cells, also after a cell has returned. */
export interface OutputSink {
  publish(cellKey: string, output: CellOutput): void;
}

/**
 * Asks the front end that sent the running request for a line of text. Rejects when it does not allow it, when the cell
 * ends or is interrupted, and when `signal` aborts because the answer came another way.
 */
export interface StdinPort {
  ask(cellKey: string, prompt: string, isPassword: boolean, signal?: AbortSignal): Promise<string>;
}

/** Completions for a position. Offsets are UTF-16 code units. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly { readonly text: string; readonly type: string; readonly signature?: string }[];
}

/** What `is_complete_request` answers. */
export interface Completeness {
  readonly status: 'complete' | 'incomplete' | 'invalid' | 'unknown';
  readonly indent?: string;
}

/**
 * Runs one cell; resolves with how it ended. What shall happen around every cell is a function that takes one of these and
 * gives another.
 */
export type RunCell = (cell: Cell, userExpressions: JsonObject) => Promise<ExecuteOutcome>;

/** Answers questions about code, also while a cell runs. One verb for each request of the protocol. */
export interface CodeAnswers {
  /** A cell has come in and will be run after those that came before it, unless the queue is aborted. Never throws. */
  foresee?(code: string): void;
  complete(code: string, offset: number): Promise<Completions>;
  inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | null>;
  isComplete(code: string): Promise<Completeness>;
}

/** Ends what cells run in. */
export interface CellControl {
  /** Stops the running cell and keeps the state when it can. Resolves when the cell has ended. */
  interrupt(): Promise<void>;
  shutdown(isRestart: boolean): Promise<void>;
}

/** The language of the cells, in three parts, so that what is put around one of them leaves the others alone. */
export interface Interpreter {
  readonly run: RunCell;
  readonly answers: CodeAnswers;
  readonly control: CellControl;
}

/** May refuse a cell before it runs, and learns how each one ended. The gatekeeper of a run is one. */
export interface Gatekeeper {
  /** Resolves with the refusal, or with null when the cell may run. Nothing of it has run yet. */
  admit(cell: Cell): Promise<{ readonly refusal: CellError } | { readonly refusal: null }>;
  settle(cell: Cell, outcome: ExecuteOutcome): Promise<void>;
}

/** Opens comms on a target. */
export interface CommTarget {
  open(comm: Comm, data: Json): void;
}

/** One open comm, seen from the kernel. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** `session` of the client that opened it. */
  readonly session: string;
  send(data: Json): void;
  /** Sends one message to every client: as a comm message whose id is the name of the target. */
  tellAll(data: Json): void;
  close(data: Json): void;
  /** Closes it without a message: the page that opened it is gone, or has another one. */
  forget(): void;
  onMessage(handle: (data: Json) => void): void;
  onClose(handle: () => void): void;
}

/** Finds earlier cells. */
export interface HistoryStore {
  append(entry: HistoryEntry): void;
  tail(count: number): Promise<readonly HistoryEntry[]>;
  range(session: number, start: number, stop: number | null): Promise<readonly HistoryEntry[]>;
  search(pattern: string, count: number, isUnique: boolean): Promise<readonly HistoryEntry[]>;
}

/** One executed cell of one kernel session. `session` 0 is the current one. */
export interface HistoryEntry {
  readonly session: number;
  readonly line: number;
  readonly source: string;
}
