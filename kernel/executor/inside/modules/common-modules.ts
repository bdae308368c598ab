// What an import of a CommonJS module gives to a cell: what TypeScript says that it gives. Node finds some of its names only, and its default
// is the whole of what a transpiled package exports; bundlers, and the check of the cell, take the default that stands in it.
import { Object, Set, Symbol, WeakMap } from '../../intrinsics.js';

const EXPORTS = 'module.exports';
const known = new WeakMap<object, object>();

/** The namespace of a module; that of a CommonJS module with all of its names. */
export function asTypeScriptSaysIt(namespace: unknown): unknown {
  if (typeof namespace !== 'object' || namespace === null || !Object.hasOwn(namespace, EXPORTS)) {
    return namespace;
  }
  const exports = (namespace as { readonly [EXPORTS]: unknown })[EXPORTS];
  if ((typeof exports !== 'object' && typeof exports !== 'function') || exports === null) {
    return namespace;
  }
  const made = known.get(exports) ?? namespaceOf(exports, namespace);
  known.set(exports, made);
  return made;
}

/** Its names are read when they are used: a module may give them other values later. */
function namespaceOf(exports: object, namespace: object): object {
  const values = exports as { readonly [name: string]: unknown };
  const made: object = Object.create(null) as object;
  const names = new Set([...Object.keys(namespace), ...Object.getOwnPropertyNames(exports)]);
  for (const name of names) {
    if (
      name !== 'default' &&
      name !== '__esModule' &&
      !(typeof exports === 'function' && OF_FUNCTIONS.has(name))
    ) {
      const get = (): unknown => (name === EXPORTS ? exports : values[name]);
      Object.defineProperty(made, name, { get, enumerable: true });
    }
  }
  const isTranspiled = values['__esModule'] === true && 'default' in exports;
  const get = (): unknown => (isTranspiled ? values['default'] : exports);
  Object.defineProperty(made, 'default', { get, enumerable: true });
  Object.defineProperty(made, Symbol.toStringTag, { value: 'Module' });
  return made;
}

const OF_FUNCTIONS = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);
