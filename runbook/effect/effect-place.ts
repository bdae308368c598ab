// Where in a step an effect begins: inside of which other effect, and in which item of a scatter. It follows awaits and callbacks.
import { AsyncLocalStorage } from 'node:async_hooks';

/** The place of what begins now. */
export interface EffectPlace {
  /** Id of the effect that has called the function; absent: none. */
  readonly within?: string;
  /** Path of the items, outermost first; absent: none. */
  readonly lane?: string;
}

const NOWHERE: EffectPlace = {};
const places = new AsyncLocalStorage<EffectPlace>();

/** The place of the caller. */
export function effectPlace(): EffectPlace {
  return places.getStore() ?? NOWHERE;
}

/** Calls `act`, which the effect with this id performs. */
export function insideEffect<T>(id: string, act: () => T): T {
  return places.run({ ...effectPlace(), within: id }, act);
}

/** Calls `work` for one item of many. */
export function inLane<T>(item: string, work: () => T): T {
  const { lane, ...place } = effectPlace();
  return places.run({ ...place, lane: lane === undefined ? item : `${lane}/${item}` }, work);
}
