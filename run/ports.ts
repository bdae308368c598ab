// What a run needs of whatever evaluates its cells and shows what they print; the kernel is one such, and fulfils these by its shape.
import type { CellError } from '../contract/base/cell-error.js';
import type { CellOutput } from '../contract/notebook/output.js';

/** A cell that asks to be evaluated. */
export interface Cell {
  /**
   * Why the run has it evaluated when no client has sent it: `replay`, an attempt is evaluated again and shows nothing; `undo`, a front
   * end has asked for undo steps. Absent: a client has sent it.
   */
  readonly kind?: 'replay' | 'undo';
  /** Unique among the cells of one process; ties outputs, effects and questions to the cell. */
  readonly key: string;
  readonly code: string;
  readonly executionCount: number;
  /** Nobody looks at it: it makes no attempt. */
  readonly isSilent: boolean;
  /** The notebook's id of the cell, when whoever asked told it. */
  readonly cellId: string | null;
  /** When it was asked for, ISO 8601 UTC. */
  readonly queuedAt: string;
  /** The client that asked, and the name that it gives its user. */
  readonly session: string;
  readonly username: string;
  /** True when that client can be asked for a line of text. */
  readonly allowsStdin: boolean;
  /** Sent by the notebook page of JupyterLab, which says its user by itself a moment after it has connected. */
  readonly isFromPage?: boolean;
  /** Id of the run to which the cell belongs, as the page shows it. Absent or null: it says none. */
  readonly shownRun?: string | null;
  /** Code that is evaluated after the cell for the client alone (`user_expressions`). */
  readonly expressions?: readonly string[];
}

/** How a cell ended. */
export interface CellOutcome {
  readonly status: 'ok' | 'error';
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly error?: CellError;
}

/** Lets cells begin, and learns how each one ended. */
export interface Gate {
  /** Null when the cell may begin; nothing of it has run yet. */
  admit(cell: Cell): Promise<{ readonly refusal: CellError | null }>;
  settle(cell: Cell, outcome: CellOutcome): Promise<void>;
}

/** Cells that hold a command for the run instead of code. */
export interface CommandCells {
  /** True when the cell is one, well-formed or not. */
  isCommand(code: string): boolean;
  /** Why whoever sent this one may not ask for what it says, or null. */
  refusalOf(cell: Cell): Promise<Error | null>;
}

/** Shows outputs under the cell with this key, also after it has ended. */
export interface OutputSink {
  publish(cellKey: string, output: CellOutput): void;
}

/**
 * Asks whoever sent the running cell for a line of text. Rejects when that is not possible, when the cell ends or is
 * interrupted, and when `signal` aborts because the answer came another way.
 */
export interface StdinPort {
  ask(cellKey: string, prompt: string, isPassword: boolean, signal?: AbortSignal): Promise<string>;
}
