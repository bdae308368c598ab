// What stands before a step: an ordered list of checks, each of which looks at one thing (checks-of-step.ts).
import type { Outline } from '../../contract/notebook/outline.js';
import type { OutOfOrder } from '../../contract/state/out-of-order.js';
import type { Person } from '../../contract/base/person.js';
import type { Cell } from '../ports.js';
import type { Entry } from '../resume/recovery-gate.js';

/** A step that asks to begin. */
export interface AskedStep {
  readonly step: string;
  readonly code: string;
  /** SHA-256 of the code. */
  readonly hash: string;
  readonly by: Person;
  /** The outline of the document from which it is sent. */
  outline: Outline;
  /** What it begins with; known once the variables of its predecessors were found to be there. */
  entry?: Entry;
  /** Steps before it are open, and it may begin all the same. */
  outOfOrder?: OutOfOrder;
}

/** Why a step may not begin; null or nothing lets it go on to the next check. */
export type Refusal = Error | null | void;

/** Looks at one thing of whatever is to be executed, also of what makes no attempt. */
export type CellCheck = (cell: Cell) => Refusal | Promise<Refusal>;

/** Looks at one thing. What it throws refuses the step too. */
export type GateCheck = (cell: Cell, asked: AskedStep) => Refusal | Promise<Refusal>;
