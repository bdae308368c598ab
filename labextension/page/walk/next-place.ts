// Which place comes next when a person goes through the places of a notebook, from cell to cell, and from the last to the first.

/** The index of a cell, and an offset into its text. */
export interface Place {
  readonly cell: number;
  readonly offset: number;
}

/** The first of `places` after `from`, or the last before it; they are in the order of the notebook. */
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
