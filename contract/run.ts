// What a run is: the identity written into the notebook, and the words for its states.
import type { JsonObject } from './json.js';
import type { Person } from './person.js';

/**
 * How the run acts on the world.
 * - `live`: the real release.
 * - `rehearsal`: real effects in a lower environment, before the day.
 * - `dry-run`: shows what would be done; no effects.
 */
export type RunMode = 'live' | 'rehearsal' | 'dry-run';

/** Written by `launchbook new` into `metadata.launchbook.run` of the notebook; never changed afterwards. */
export interface RunInfo {
  /** `2.4.0-staging-3f9c21`: release, environment and six random hex digits. */
  readonly id: string;
  /** The template's path in the repository. */
  readonly runbook: string;
  /** The template's commit, or null when it was not in git. */
  readonly commit: string | null;
  readonly release: string;
  readonly environment: string;
  readonly mode: RunMode;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly createdBy: Person;
  readonly parameters: JsonObject;
}

/** How an attempt or an effect ended. `inconclusive`: it started and nobody can tell whether it finished. */
export type Outcome = 'passed' | 'failed' | 'rejected' | 'inconclusive';

/** Where a step stands. Derived from the journal, never stored. */
export type StepStatus = 'not-started' | 'running' | 'waiting' | Outcome | 'stale' | 'skipped';

/** Where a phase stands. `locked`: an unreleased hold point stands before it. */
export type PhaseStatus = StepStatus | 'locked';
