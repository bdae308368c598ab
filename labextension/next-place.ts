// Which place comes next when a person walks through those of a notebook, from cell to cell and around at the end.

/** The index of a cell, and an offset into its text. */
export interface Place {
  readonly cell: number;
  readonly offset: number;
}

/** The first of `places` behind `from`, or before it; they are in the order of the notebook. */
export function nextPlace<T extends Place>(
  places: readonly T[],
  from: Place,
  direction: 'next' | 'previous'
): T | undefined {
  return direction === 'next'
    ? (places.find(each => compare(each, from) > 0) ?? places[0])
    : (places.findLast(each => compare(each, from) < 0) ?? places.at(-1));
}

function compare(a: Place, b: Place): number {
  return a.cell === b.cell ? a.offset - b.offset : a.cell - b.cell;
}
