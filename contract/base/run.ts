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
  /** The template's commit, or null when no commit held it as it was. */
  readonly commit: string | null;
  readonly release: string;
  readonly environment: string;
  readonly mode: RunMode;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly createdBy: Person;
  readonly parameters: JsonObject;
  /** The launchbook.yml whose rules it was made under. Absent: there was none, or no git, or an earlier version made it. */
  readonly policy?: PolicyFile;
  /** Paths of what it was made of although no commit held it as it was: template, launchbook.yml, imported files. Absent: nothing. */
  readonly uncommitted?: readonly string[];
  /** Guesses of an import that nobody had accepted, and why it was made all the same. Absent: none, or not live in production. */
  readonly guesses?: AllowedGuesses;
  /** Commands start in the root of its repository. Absent: in the notebook's folder, as in runs of earlier versions and outside of git. */
  readonly commandsIn?: 'repository';
}

/** Guesses that a run was made with. */
export interface AllowedGuesses {
  readonly count: number;
  readonly reason: string;
}

/** A launchbook.yml. */
export interface PolicyFile {
  /** Path in the repository. */
  readonly path: string;
  /** The commit that holds it as it is, or null when none does. */
  readonly commit: string | null;
}

/** How an attempt or an effect ended. `inconclusive`: it started and nobody can tell whether it finished. */
export type Outcome = 'passed' | 'failed' | 'rejected' | 'inconclusive';

/** Where a step stands. Derived from the journal, never stored. */
export type StepStatus = 'not-started' | 'running' | 'waiting' | Outcome | 'stale' | 'skipped';

/** Where a phase stands. `locked`: an unreleased hold point stands before it. `begun`: some of its steps are done, and none runs now. */
export type PhaseStatus = StepStatus | 'locked' | 'begun';
