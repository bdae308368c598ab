// Every act on the world goes through here, to the runner that the mode of the run has chosen: no helper asks for the mode.
// The value a helper gives back is built from the recorded result alone, so that a resume can answer from the journal.
import type { Json } from '../contract/json.js';
import type { Outcome } from '../contract/run.js';
import { ports } from './context.js';

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
  run<R extends Json>(effect: EffectRequest<R>, act: () => Promise<EffectEnd<R>>): Promise<R>;
  /** Calls `check`, which throws when the world is not as an act needs it. */
  require(check: () => void): void;
  /** Shows what came of an effect, when it was performed. */
  show(render: () => void): void;
}

/**
 * Has an effect performed and gives its result.
 *
 * Recorded: on resume the recorded result is given back, or the recorded error thrown, and `act` is not called.
 */
export function performEffect<R extends Json>(
  effect: EffectRequest<R>,
  act: () => Promise<EffectEnd<R>>
): Promise<R> {
  return ports().effects.run(effect, act);
}

/** Throws what `check` throws when the world is not as an act needs it. A dry run finds a world in which nothing was done before. */
export function requireOfWorld(check: () => void): void {
  ports().effects.require(check);
}

/** Shows what came of an effect. In a dry run nothing came of it, and its plan has been printed. */
export function showEnd(render: () => void): void {
  ports().effects.show(render);
}
