// Records of acts on the world: each is announced before it happens.
import type { Json } from '../base/json.js';
import type { Outcome } from '../base/run.js';

/** Something in the world is about to be changed or asked. Written before it happens. */
export interface EffectStarted {
  readonly kind: 'effect-started';
  /** Unique in the journal. */
  readonly effect: string;
  readonly step: string;
  readonly attempt: number;
  /** `shell`, `http`, `splunk`, `record` … */
  readonly helper: string;
  /** One line for reading, masked: `fleetctl deploy orders 2.4.0`. */
  readonly label: string;
  readonly request: Json;
  /** The effect that called the function in which this one began: a wait, a `record`, work in the background. Absent: none. */
  readonly within?: string;
  /** The item of a `scatter` in which it began, as a path. Absent: none. */
  readonly lane?: string;
}

/** The effect's end. An effect without this record is inconclusive. */
export interface EffectEnded {
  readonly kind: 'effect-ended';
  readonly effect: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** What a resume gives back instead of doing it again, masked. */
  readonly result: Json;
}

/** An effect that was asked for and not begun. It was not performed, so it has no end. */
export interface EffectRefused {
  readonly kind: 'effect-refused';
  readonly step: string;
  readonly attempt: number;
  readonly helper: string;
  readonly label: string;
  /** Why: the code of the error, for example `effect.late`. */
  readonly code: string;
}

/** What a dry run would have done. It was not performed, so it has no end. */
export interface EffectPlanned {
  readonly kind: 'effect-planned';
  /** Unique in the journal. */
  readonly effect: string;
  readonly step: string;
  readonly attempt: number;
  /** `shell`, `http`, … and `approval`, `checklist`, `secret`, because nobody is asked and nothing is read. */
  readonly helper: string;
  readonly label: string;
  readonly request: Json;
}
