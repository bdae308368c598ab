// The receipt of a rehearsal, and the rule that asks for one. Plain data: kept in the journal, sent over the comm, printed by the command.
import type { Outcome, PhaseStatus, RunMode } from '../base/run.js';

/** What the policy asks before a phase may run live. */
export interface RehearsalRule {
  /** How old a rehearsal may be, in milliseconds; null when its age does not matter. */
  readonly withinMs: number | null;
  /** The environments in which a rehearsal counts. */
  readonly environments: readonly string[];
  /** True: a rehearsal of another release does not count. */
  readonly sameRelease: boolean;
}

/** Which journal a receipt was read from. */
export interface JournalFact {
  /** Its path beside the folder of the run, or `TAG:PATH` for an archive. */
  readonly place: string;
  readonly records: number;
  /** SHA-256 (hex) of its last line, which stands for every line before it. */
  readonly hash: string;
}

/** How one step went. */
export interface RehearsedStep {
  readonly id: string;
  readonly title: string;
  readonly status: PhaseStatus;
  /** When its last attempt ended, ISO 8601 UTC; null when it never ran or has not ended. */
  readonly at: string | null;
  readonly durationMs: number | null;
  /** SHA-256 (hex) of the text that ran last, of a cell tagged `parameters` without its values; null when it never ran. */
  readonly content: string | null;
}

/** How a phase went in another run. */
export interface Receipt {
  /** Id of the run. */
  readonly run: string;
  readonly release: string;
  readonly environment: string;
  readonly mode: RunMode;
  /** How the whole run stands; `held`: it has not come to its end. */
  readonly outcome: Outcome | 'held';
  /** When the last step of the phase ended, ISO 8601 UTC. */
  readonly at: string;
  /** All attempts of its steps together, waits included. */
  readonly durationMs: number;
  /** The steps of the phase in order. */
  readonly steps: readonly RehearsedStep[];
  readonly journal: JournalFact;
}
