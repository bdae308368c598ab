// Every act on the world goes through here, to the runner that the mode of the run has chosen: no helper asks for the mode.
// The value a helper gives back is built from the recorded result alone, so that a resume can answer from the journal.
import type { Json } from '../../contract/base/json.js';
import { ports } from '../context.js';
import type { EffectEnd, EffectRequest } from './effect-runner.js';

/**
 * Has an effect performed and gives its result.
 *
 * The step does not end before the effect has, awaited or not.
 *
 * Recorded: on resume the recorded result is given back, or the recorded error thrown, and `act` is not called.
 */
export function performEffect<R extends Json>(
  effect: EffectRequest<R>,
  act: () => Promise<EffectEnd<R>>
): Promise<R> {
  return ports().during(effect.label, () => ports().effects.run(effect, act), effect.outlastsFailure);
}

/** Throws what `check` throws when the world is not as an act needs it. A dry run finds a world in which nothing was done before. */
export function requireOfWorld(check: () => void): void {
  ports().effects.require(check);
}

/** Shows the result of an effect. In a dry run there is none, and the plan has been printed. */
export function showEnd(render: () => void): void {
  ports().effects.show(render);
}
