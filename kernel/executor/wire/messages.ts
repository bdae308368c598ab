// What supervisor and executor say to each other. Orders go down (descriptor 4), reports come up (descriptor 3), and the
// control channel (descriptor 5) reaches the worker thread that can stop a loop of the main thread.
import type { ErrorRecord } from '../../../contract/base/error.js';
import type { Json, JsonObject } from '../../../contract/base/json.js';
import type { CellError } from '../../../contract/base/cell-error.js';
import type { CellOutput } from '../../../contract/notebook/output.js';

/** The descriptors of the executor process. 0 is closed, 1 and 2 are raw output of child processes and native code. */
export const REPORTS_FD = 3;
export const ORDERS_FD = 4;
export const CONTROL_FD = 5;

/** A cell ready to run: JavaScript with the positions of the cell's own text. */
export interface Script {
  readonly js: string;
  /** The last statement is an expression whose value is shown. */
  readonly showsResult: boolean;
  /** Names the cell in stack traces, for example `file:///srv/releases/cell-4.ts`. */
  readonly sourceUrl: string;
  /** The number that stands beside the cell, by which its frames name it; absent: they have its name. */
  readonly count?: number;
  /** Names that the cell declares at its top level, each with what V8 calls it. */
  readonly declares: NamePairs;
  /** The same of the names that its functions read. */
  readonly later: NamePairs;
}

/** Names of the notebook, each with what V8 calls it. */
export type NamePairs = readonly (readonly [name: string, jsName: string])[];

/** How a cell ended. */
export interface RunOutcome {
  readonly status: 'ok' | 'error';
  readonly error?: CellError;
  readonly userExpressions?: JsonObject;
}

/** Supervisor to executor. */
export type Order =
  | {
      readonly kind: 'hello';
      readonly markerPrefix: string;
      readonly folder: string;
      /** For the set-up. */
      readonly settings: Json;
    }
  | {
      readonly kind: 'run';
      readonly key: string;
      readonly script: Script;
      readonly userExpressions: JsonObject;
    }
  | { readonly kind: 'interrupt'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: Json }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: ErrorRecord }
  | { readonly kind: 'notice'; readonly method: string; readonly params: Json };

/** Executor to supervisor. `settled` follows every output of its cell; the supervisor reads what is in 1 and 2 before it takes it. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unprepared'; readonly error: CellError }
  | { readonly kind: 'output'; readonly cell: string | null; readonly output: CellOutput }
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly cell: string | null;
      /** The cell had ended when it called. */
      readonly isLate: boolean;
      readonly method: string;
      readonly params: Json;
    }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'child'; readonly pid: number }
  | { readonly kind: 'childGone'; readonly pid: number }
  /** A process group that must not outlive this process, led by `pid`; and its end. */
  | { readonly kind: 'group'; readonly pid: number }
  | { readonly kind: 'groupGone'; readonly pid: number }
  | { readonly kind: 'barrier'; readonly number: number; readonly marked: readonly (1 | 2)[] }
  | {
      readonly kind: 'settled';
      readonly key: string;
      readonly outcome: RunOutcome;
      /** The cell's result; the last that it shows. */
      readonly result?: CellOutput;
    }
  /** Nothing that the cell began lives any more, so nothing of it can print. */
  | { readonly kind: 'gone'; readonly cell: string }
  /** The main thread has heard interrupt `id` and ends what the cell has begun; `interrupted` follows when that has ended. */
  | { readonly kind: 'stopping'; readonly id: number }
  | { readonly kind: 'interrupted'; readonly id: number }
  | { readonly kind: 'exiting'; readonly code: number };

/** Supervisor to the executor's worker: stop whatever the main thread does unless it has seen interrupt `id` by itself. */
export interface ControlOrder {
  readonly kind: 'interrupt';
  readonly id: number;
}

/** The worker's answer each time it has stopped the main thread. */
export interface ControlReport {
  readonly kind: 'terminated';
  readonly id: number;
}
