// Every act on the world goes through here, to the runner that the mode of the run has chosen.
// The value a helper gives back is built from the recorded result alone, so that a resume can answer from the journal.
import type { Json } from '../contract/json.js';
import type { Outcome } from '../contract/run.js';
import { ports } from './context.js';

/** What is about to be done. */
export interface EffectRequest {
  readonly helper: string;
  /** One line for reading. */
  readonly label: string;
  readonly request: Json;
}

/** How it ended. */
export interface EffectEnd<R> {
  readonly outcome: Outcome;
  readonly result: R;
  /** What the journal keeps when it is less than `result`. */
  readonly kept?: Json;
}

/** Performs effects, or does what stands for that in another mode. */
export interface EffectRunner {
  run<R extends Json>(effect: EffectRequest, act: () => Promise<EffectEnd<R>>): Promise<R>;
}

/**
 * Has an effect performed and gives its result.
 *
 * Recorded: on resume the recorded result is given back, or the recorded error thrown, and `act` is not called.
 */
export function performEffect<R extends Json>(
  effect: EffectRequest,
  act: () => Promise<EffectEnd<R>>
): Promise<R> {
  return ports().effects.run(effect, act);
}
