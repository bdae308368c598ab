// Records of a run that goes on after its variables were lost, and of a person's way around a step.
import type { Outcome } from '../run.js';
import type { ErrorRecord } from '../error.js';
import type { Person } from '../person.js';

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

/** A person gave variables up: the steps from `from` on are run again, anew. Those before can still be brought back. */
export interface RecoveryDiscarded {
  readonly kind: 'recovery-discarded';
  /** Id of the first step that is run again; null means all of them. */
  readonly from: string | null;
  readonly by: Person;
  readonly reason: string;
}

/**
 * What a person says of an effect that started and has no end.
 * - `passed`: it was done; it is not done again.
 * - `failed`: it was not done, or badly; the step fails there when it goes on.
 * - `again`: it may be done once more.
 */
export type Judgement = 'passed' | 'failed' | 'again';

/** A person looked what became of an inconclusive effect. The last judgement counts. */
export interface EffectJudged {
  readonly kind: 'effect-judged';
  readonly effect: string;
  readonly judgement: Judgement;
  readonly by: Person;
  readonly reason: string;
}

/** A person leaves a step out. */
export interface StepSkipped {
  readonly kind: 'step-skipped';
  readonly step: string;
  readonly by: Person;
  readonly reason: string;
}

/** A person went back to a checkpoint: the undo steps have run, what came after it is stale. */
export interface Rewound {
  readonly kind: 'rewound';
  readonly checkpoint: string;
  readonly by: Person;
  readonly reason: string;
  /** Ids of the steps that became stale. */
  readonly steps: readonly string[];
  /** Ids of the approvals that fell. */
  readonly approvals: readonly string[];
}
