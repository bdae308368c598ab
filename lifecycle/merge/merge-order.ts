// The order of the cells after a merge: the base's, with the moves and the insertions of both sides. Pure.
// Trick: what a side has moved are the cells outside of the longest run of cells that it left in order; everything else is an anchor.

/** Ids in their new order. */
export interface MergedOrder {
  /** Of the base, of both sides, deleted ones too. */
  readonly order: readonly string[];
  /** Cells that both sides moved, to different places; they stand where ours has them. */
  readonly conflicts: readonly string[];
}

/**
 * Merges three lists of ids. What both sides insert at one place is kept, ours first; but cells that come with a heading stand after
 * those that do not, so that a step that was added at the end of a phase does not get into a phase that was added after it.
 *
 * @param beginsPhase - True for a cell with the heading of a phase.
 * @example
 * mergeOrder(['a', 'b'], ['a', 'x', 'b'], ['b', 'a'], () => false).order // ['b', 'a', 'x']
 */
export function mergeOrder(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  beginsPhase: (id: string) => boolean
): MergedOrder {
  const [movedByUs, movedByThem] = [movedCells(base, ours), movedCells(base, theirs)];
  const moved = new Set([...movedByUs, ...movedByThem]);
  const fixed = new Set(base.filter(id => !moved.has(id)));
  const order = base.filter(id => fixed.has(id));
  movedByUs.forEach(id => place(order, id, ours));
  movedByThem.filter(id => !movedByUs.includes(id)).forEach(id => place(order, id, theirs, movedByUs));
  insert(order, groupsOf(base, ours), groupsOf(base, theirs), beginsPhase);
  const conflicts = movedByUs.filter(
    id => movedByThem.includes(id) && anchorsBefore(ours, id, fixed) !== anchorsBefore(theirs, id, fixed)
  );
  return { order, conflicts };
}

/** In the order of the side. */
function movedCells(base: readonly string[], side: readonly string[]): string[] {
  const places = new Map(base.map((id, index) => [id, index]));
  const common = side.filter(id => places.has(id));
  const kept = longestRising(common.map(id => places.get(id)!));
  return common.filter((_, index) => !kept.has(index));
}

/** Indexes of the longest rising part of `values`. */
function longestRising(values: readonly number[]): Set<number> {
  const before: number[] = [];
  const lastOf: number[] = []; // by length less one: the index of the smallest value that a part of this length ends with
  values.forEach((value, index) => {
    const found = lastOf.findIndex(last => values[last]! >= value);
    const length = found < 0 ? lastOf.length : found;
    before[index] = length > 0 ? lastOf[length - 1]! : -1;
    lastOf[length] = index;
  });
  const kept = new Set<number>();
  for (let index = lastOf.at(-1) ?? -1; index >= 0; index = before[index]!) {
    kept.add(index);
  }
  return kept;
}

/** After the nearest cell before it that has its place already, and after those that the other side moved to the same place. */
function place(order: string[], id: string, side: readonly string[], others: readonly string[] = []): void {
  const before = side.slice(0, side.indexOf(id)).findLast(candidate => order.includes(candidate));
  let index = before === undefined ? 0 : order.indexOf(before) + 1;
  while (others.includes(order[index] ?? '')) {
    index++;
  }
  order.splice(index, 0, id);
}

/** New cells by the cell of the base that they follow; null stands for the beginning. */
function groupsOf(base: readonly string[], side: readonly string[]): Map<string | null, string[]> {
  const known = new Set(base);
  const groups = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const id of side) {
    if (known.has(id)) {
      anchor = id;
    } else {
      groups.set(anchor, [...(groups.get(anchor) ?? []), id]);
    }
  }
  return groups;
}

function insert(
  order: string[],
  ours: ReadonlyMap<string | null, string[]>,
  theirs: ReadonlyMap<string | null, string[]>,
  beginsPhase: (id: string) => boolean
): void {
  const insertedByUs = new Set([...ours.values()].flat());
  for (const anchor of new Set([...ours.keys(), ...theirs.keys()])) {
    const groups = [
      ours.get(anchor) ?? [],
      (theirs.get(anchor) ?? []).filter(id => !insertedByUs.has(id))
    ].map(group => {
      const heading = group.findIndex(beginsPhase);
      return heading < 0 ? [group, []] : [group.slice(0, heading), group.slice(heading)];
    });
    const ids = [...groups.flatMap(([inPhase]) => inPhase!), ...groups.flatMap(([, behind]) => behind!)];
    order.splice(anchor === null ? 0 : order.indexOf(anchor) + 1, 0, ...ids);
  }
}

/** How many of the cells that nobody moved stand before `id`. */
function anchorsBefore(side: readonly string[], id: string, fixed: ReadonlySet<string>): number {
  return side.slice(0, side.indexOf(id)).filter(candidate => fixed.has(candidate)).length;
}
