// Which problem comes next when a person walks through those of a notebook, from cell to cell and around at the end.
import type { Problem } from './problem.js';

/** A problem and the index of its cell. */
export interface PlacedProblem {
  readonly cell: number;
  readonly problem: Problem;
}

/** Where the cursor is: the cell's index, and the offset into its text. */
export interface Place {
  readonly cell: number;
  readonly offset: number;
}

/** The first problem behind `place`, or before it; `problems` are in the order of the notebook. */
export function nextProblem(
  problems: readonly PlacedProblem[],
  place: Place,
  direction: 'next' | 'previous'
): PlacedProblem | undefined {
  return direction === 'next'
    ? (problems.find(each => compare(each, place) > 0) ?? problems[0])
    : (problems.findLast(each => compare(each, place) < 0) ?? problems.at(-1));
}

function compare({ cell, problem }: PlacedProblem, place: Place): number {
  return cell === place.cell ? problem.from - place.offset : cell - place.cell;
}
