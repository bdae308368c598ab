// The outline of a notebook with what its texts say, as kernel and command read it.
import { outlineOf, type Outline, type OutlineCell } from '../../contract/notebook/outline.js';
import { sourceFactsOf } from './source-facts.js';

/** Phases, steps and hold points of the cells. */
export function readOutline(cells: readonly OutlineCell[]): Outline {
  return outlineOf(cells, sourceFactsOf);
}
