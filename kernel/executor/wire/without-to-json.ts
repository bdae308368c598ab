// User code may put a `toJSON` on a prototype of the language. Every object that is written as JSON would go through it: our messages,
// and those of Node's own inspector session.
import { Array, Object, String } from '../intrinsics.js';

const PROTOTYPES: readonly object[] = [Object.prototype, Array.prototype, String.prototype];
const { defineProperty, getOwnPropertyDescriptor, hasOwn } = Object;

/** Calls `body` while no prototype of the language has a `toJSON`. One that cannot be taken away stays. */
export function withoutToJson<T>(body: () => T): T {
  const found = PROTOTYPES.filter(one => hasOwn(one, 'toJSON'));
  if (found.length === 0) {
    return body();
  }
  const kept = found.map(one => getOwnPropertyDescriptor(one, 'toJSON')!);
  found.forEach(
    (one, index) => kept[index]!.configurable === true && delete (one as { toJSON?: unknown }).toJSON
  );
  try {
    return body();
  } finally {
    found.forEach((one, index) => !hasOwn(one, 'toJSON') && defineProperty(one, 'toJSON', kept[index]!));
  }
}
