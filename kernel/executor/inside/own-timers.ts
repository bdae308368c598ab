// Timers belong to the cell that set them, so that an interrupt ends them: without that, a cell stopped in `await sleep(10 s)` would
// go on with its next lines ten seconds later. A timer whose callback was terminated is found by the mark it could not remove.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timerPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { currentCell, type CellScope } from './cell-scope.js';
import { AbortSignal, Array, Object, WeakMap } from '../intrinsics.js';

type Callback = (this: unknown, ...args: unknown[]) => unknown;
type SetTimer = (callback: Callback, ...args: unknown[]) => NodeJS.Timeout | NodeJS.Immediate;
type Functions = Record<string, (...args: never[]) => unknown>;

const clearTimer = {
  setTimeout: timers.clearTimeout,
  setInterval: timers.clearInterval,
  setImmediate: timers.clearImmediate
};
const owners = new WeakMap<object, CellScope>();
let busy: CellScope | null = null;

/** Replaces the timer functions of this process; what they return and accept stays as it is. No timer of a cell fires while `isStopped`. */
export function ownTimers(isStopped: () => boolean): void {
  const functions = timers as unknown as Functions;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
    replace(functions, name, makeSetter(functions[name] as unknown as SetTimer, name, isStopped));
  }
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'] as const) {
    replace(functions, name, makeClearer(functions[name] as unknown as (timer: unknown) => void));
  }
  const promises = timerPromises as unknown as Functions;
  for (const [name, position] of [
    ['setTimeout', 2],
    ['setImmediate', 1],
    ['setInterval', 2]
  ] as const) {
    replace(promises, name, withSignal(promises[name] as never, position));
    Object.defineProperty(functions[name], promisify.custom, { value: promises[name] });
  }
  syncBuiltinESMExports();
}

/** Ends the timers of the cell whose timer callback was terminated last, if there is one. */
export function endTerminatedTimers(): void {
  const cell = busy;
  busy = null;
  cell?.endTimers();
}

function makeSetter(original: SetTimer, name: keyof typeof clearTimer, isStopped: () => boolean): SetTimer {
  return (callback, ...args) => {
    const cell = currentCell();
    if (cell === null || typeof callback !== 'function') {
      return original(callback, ...args);
    }
    const timer = original(
      function (this: unknown, ...values: unknown[]) {
        busy = cell;
        if (name !== 'setInterval') {
          cell.timers.delete(timer);
        }
        if (isStopped()) {
          return undefined; // the interrupt that stopped the cell is read next, and ends its timers
        }
        try {
          return callback.apply(this, values);
        } finally {
          busy = null;
        }
      },
      ...args
    );
    cell.timers.set(timer, () => clearTimer[name](timer as never));
    owners.set(timer, cell);
    return timer;
  };
}

function makeClearer(original: (timer: unknown) => void): (timer: unknown) => void {
  return timer => {
    if (typeof timer === 'object' && timer !== null) {
      owners.get(timer)?.timers.delete(timer);
    }
    original(timer);
  };
}

// The promise forms take `{ signal }` after their value.
function withSignal(
  original: (...args: unknown[]) => unknown,
  position: number
): (...args: unknown[]) => unknown {
  return (...args) => {
    const cell = currentCell();
    if (cell === null) {
      return original(...args);
    }
    const options = (args[position] ?? {}) as { readonly signal?: AbortSignal };
    const signal =
      options.signal === undefined ? cell.signal : AbortSignal.any([options.signal, cell.signal]);
    const given = Array.from({ length: position }, (_, index) => args[index]);
    return original(...given, { ...options, signal });
  };
}

function replace(functions: Functions, name: string, replacement: unknown): void {
  const original = functions[name];
  functions[name] = replacement as Functions[string];
  if ((globalThis as unknown as Functions)[name] === original) {
    Object.defineProperty(globalThis, name, {
      value: replacement,
      configurable: true,
      writable: true,
      enumerable: true
    });
  }
}
