// Records of a step's executions.
import type { ErrorRecord } from '../error.js';
import type { Person } from '../person.js';
import type { Outcome } from '../run.js';

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
  /** The attempt that died in the middle and is gone on with: its finished effects are not done again. */
  readonly continues?: number;
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
