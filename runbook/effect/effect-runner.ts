// The port through which helpers act on the world; each mode of a run has a runner of its own.
import type { Json } from '../../contract/base/json.js';
import type { Outcome } from '../../contract/base/run.js';

/** What is about to be done. */
export interface EffectRequest<R = Json> {
  readonly helper: string;
  /** One line for reading. */
  readonly label: string;
  readonly request: Json;
  /** The resolved act as a dry run prints it. @default the label */
  readonly plan?: string;
  /** The result of an act that was not performed: the empty one of its kind, or what the author has put beside the call. */
  readonly empty: R;
  /** It comes to its end although the step has failed meanwhile. @default false */
  readonly outlastsFailure?: boolean;
}
/** How it ended. */
export interface EffectEnd<R> {
  readonly outcome: Outcome;
  readonly result: R;
  /** What the journal keeps when it is less than `result`. */
  readonly kept?: Json;
}
/** An effect that was announced. */
export interface OpenEffect {
  readonly id: string;
  /** Records how it ended. */
  settle(outcome: Outcome, result: Json): Promise<void>;
}
/** Performs effects, or does what stands for that in another mode. */
export interface EffectRunner {
  run<R extends Json>(effect: EffectRequest<R>, act: () => Promise<EffectEnd<R>>): Promise<R>;
  /**
   * Announces an effect that goes on after this has resolved, and gives the way to record its end. Null when it is not performed: in a
   * dry run, and when a person has said that it was done.
   */
  open(effect: EffectRequest): Promise<OpenEffect | null>;
  /** Calls `check`, which throws when the world is not as an act needs it. */
  require(check: () => void): void;
  /** Shows the result of an effect that was performed. */
  show(render: () => void): void;
}
