// A value as a MIME bundle. A value with the display protocol (`Symbol.for("Jupyter.display")`, the same that Deno uses, or a
// `$display` method) makes its own bundle; everything else is text as Node prints it, without colours.
import { inspect } from 'node:util';
import type { Json, MimeBundle } from '../../../contract/base/json.js';
import { Array, JSON, Object, String, Symbol, TypeError } from '../intrinsics.js';

const DISPLAY = Symbol.for('Jupyter.display');
const LONGEST_STRING = 100_000;

/**
 * The bundle of a cell's result, or null when its display method returns an empty one: it has shown itself already.
 * May reject with whatever the value's own display method throws.
 */
export async function showValue(value: unknown): Promise<MimeBundle | null> {
  const display = findDisplay(value);
  if (display === null) {
    return { 'text/plain': printValue(value) };
  }
  const bundle: unknown = await display();
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle)) {
    throw new TypeError(
      `The display method of the result returned ${printValue(bundle)}; expected an object of MIME types, ` +
        `for example { 'text/html': '<b>done</b>' }.`
    );
  }
  const contents = Object.entries(bundle as Record<string, Json | undefined>).filter(
    ([, content]) => content !== undefined
  );
  if (contents.length === 0) {
    return null;
  }
  const shown = plainJson(Object.fromEntries(contents)) as Record<string, Json>;
  return 'text/plain' in shown ? shown : { ...shown, 'text/plain': printValue(value) };
}

/** The same as JSON, which is all that can leave this process. Reading it may run code of the value, such as getters. */
function plainJson(bundle: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(bundle));
  } catch (error) {
    throw new TypeError(
      `The display method of the result returned something that cannot be written as JSON: ${String((error as Error | null)?.message ?? error)}`,
      { cause: error }
    );
  }
}

/** A value as text, as `util.inspect` prints it. */
export function printValue(value: unknown): string {
  return inspect(value, { colors: false, depth: 4, maxStringLength: LONGEST_STRING });
}

function findDisplay(value: unknown): (() => unknown) | null {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return null;
  }
  const holder = value as Record<PropertyKey, unknown>;
  const method = holder[DISPLAY] ?? holder['$display'];
  return typeof method === 'function' ? () => method.call(value) as unknown : null;
}
