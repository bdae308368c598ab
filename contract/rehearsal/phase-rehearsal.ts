// What is known of the rehearsals of a phase and of its steps, for showing: made by the kernel or the command, read by everybody.
import type { Outcome, RunMode } from '../base/run.js';
import type { Receipt, RehearsalRule } from './receipt.js';

/** How a step went last in a lower environment. */
export interface StepRehearsal {
  readonly run: string;
  readonly release: string;
  readonly environment: string;
  readonly mode: RunMode;
  readonly outcome: Outcome;
  /** When it ended, ISO 8601 UTC. */
  readonly at: string;
  readonly durationMs: number;
  /** False: the step was edited since. */
  readonly isSame: boolean;
}

/** What is known of one phase. */
export interface PhaseRehearsal {
  /** Id and title. */
  readonly phase: string;
  readonly title: string;
  /** What the policy asks before it may run; null when it asks nothing. */
  readonly rule: RehearsalRule | null;
  /** The rehearsal that decides, or the newest one; null when there is none. */
  readonly receipt: Receipt | null;
  /** What was changed since, one sentence each. */
  readonly changes: readonly string[];
  /** Why the policy locks it, one sentence each; empty when it does not, or when the journal has admitted it. */
  readonly missing: readonly string[];
  /** The last rehearsal of each step, by id; steps without one are left out. */
  readonly steps: { readonly [step: string]: StepRehearsal };
}
