// Records of a step's executions.
import type { ErrorRecord } from '../base/error.js';
import type { Person } from '../base/person.js';
import type { Outcome } from '../base/run.js';
import type { OutOfOrder } from '../state/out-of-order.js';

/** A step began. Written before the cell's code runs. */
export interface AttemptStarted {
  readonly kind: 'attempt-started';
  readonly step: string;
  /** 1-based, counted for each step. */
  readonly attempt: number;
  readonly executionCount: number;
  /** When the request reached the kernel, ISO 8601 UTC. */
  readonly queuedAt: string;
  readonly by: Person;
  /** Id of the page that executed it, or the session of another client. Absent in older journals. */
  readonly client?: string;
  /** The cell's text, masked. */
  readonly source: string;
  /** SHA-256 (hex) of the unmasked text. */
  readonly sourceHash: string;
  /** The attempt that died in the middle and is continued: its finished effects are not done again. */
  readonly continues?: number;
  /** It began although steps before it were open. Absent: none was, or nobody keeps the order here. */
  readonly outOfOrder?: OutOfOrder;
}

/** A person lets the next attempt of a step begin out of order, where the order is kept. */
export interface OrderWaived {
  readonly kind: 'order-waived';
  readonly step: string;
  /** Ids of the steps before it that were open, in the order of the notebook. */
  readonly open: readonly string[];
  readonly by: Person;
  readonly reason: string;
}

/** A person lets a step that has passed, or of which nobody can tell, do again what it does. */
export interface SecondRunAllowed {
  readonly kind: 'second-run-allowed';
  readonly step: string;
  /** The attempt that is repeated. It counts for the next one alone. */
  readonly attempt: number;
  readonly by: Person;
}

/** A step ended. */
export interface AttemptEnded {
  readonly kind: 'attempt-ended';
  readonly step: string;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly error?: ErrorRecord;
}
