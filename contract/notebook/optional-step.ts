// Which steps have no place in the order of a runbook: what its author says may be left out, and cells that make no attempt.
import { isWayBack } from './way-back.js';

/** The tag of an optional step, or of the heading of an optional phase. */
const OPTIONAL_TAG = 'optional';

/** True for the metadata of a cell with the tag `optional`. */
export function isTaggedOptional(metadata: { readonly [key: string]: unknown } | undefined): boolean {
  const tags = metadata?.['tags'];
  return Array.isArray(tags) && tags.includes(OPTIONAL_TAG);
}

/**
 * True for a text that is never a step to wait for: an empty cell and a line command make no attempt, and going back is always possible.
 *
 * @example
 * isOutsideOfOrder('%skip "Warm the caches" done by hand') // true
 */
export function isOutsideOfOrder(code: string): boolean {
  return /^\s*(%|$)/.test(code) || isWayBack(code);
}
