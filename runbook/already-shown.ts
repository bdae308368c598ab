// Results whose helper has shown everything already: a cell that ends with them prints nothing more.
// The sign is the display protocol that Deno's kernel introduced, with an empty bundle.

const DISPLAY = Symbol.for('Jupyter.display');

/** Marks `result`, which must not be frozen yet, and returns it. The mark is not enumerable, so it is no part of the data. */
export function alreadyShown<T extends object>(result: T): T {
  return Object.defineProperty(result, DISPLAY, { value: () => ({}), enumerable: false });
}
