// Records of a run that goes on after its variables were lost, and of a person's way around a step.
import type { Outcome } from '../base/run.js';
import type { ErrorRecord } from '../base/error.js';
import type { Person } from '../base/person.js';
import type { Judgement } from '../base/judgement.js';

/** A person had the variables brought back. What follows up to `resume-ended` are replays. */
export interface ResumeStarted {
  readonly kind: 'resume-started';
  readonly by: Person;
  /** Ids of the steps that are replayed, in this order. */
  readonly steps: readonly string[];
}

/** A finished attempt was evaluated again with its effects answered from the journal: its variables are back. */
export interface StepReplayed {
  readonly kind: 'step-replayed';
  readonly step: string;
  /** The attempt whose record was the source of the answers. */
  readonly attempt: number;
  readonly durationMs: number;
}

/** The replay came to its end. Only `passed` ends the recovery. */
export interface ResumeEnded {
  readonly kind: 'resume-ended';
  readonly outcome: Outcome;
  readonly error?: ErrorRecord;
}

/** A person gave variables up: the steps from `from` on are run again from the start. Those before can still be brought back. */
export interface RecoveryDiscarded {
  readonly kind: 'recovery-discarded';
  /** Id of the first step that is run again; null means all of them. */
  readonly from: string | null;
  readonly by: Person;
  readonly reason: string;
}

/** A person found out how an inconclusive effect ended. The last judgement counts. */
export interface EffectJudged {
  readonly kind: 'effect-judged';
  readonly effect: string;
  readonly judgement: Judgement;
  readonly by: Person;
  readonly reason: string;
}

/** A person lets the next attempt of a failed step continue after what the failed one had done, instead of beginning again. */
export interface StepContinued {
  readonly kind: 'step-continued';
  readonly step: string;
  /** The failed attempt. */
  readonly attempt: number;
  /** SHA-256 (hex) of the text with which it goes on. */
  readonly sourceHash: string;
  readonly by: Person;
  /** Needed when the text has changed since it failed; else null. */
  readonly reason: string | null;
}

/** A person leaves a step out. */
export interface StepSkipped {
  readonly kind: 'step-skipped';
  readonly step: string;
  readonly by: Person;
  readonly reason: string;
  /** Names of the hold points that were left out with it, against the policy. Absent: it held nothing. */
  readonly holds?: readonly string[];
}
