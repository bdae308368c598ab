// Seats and people: each seat a person of its own, though one person may be named by several seats.
// Trick: augmenting paths (Kuhn's matching), so that the order of the decisions never matters.

/**
 * Who sits where; null for a seat that stays empty. As many seats as possible are filled.
 *
 * @param seats - For each seat who may sit there; null stands for anybody.
 * @example
 * assignSeats([['ann', 'bob'], ['ann']], ['ann', 'bob']) // ['bob', 'ann']
 */
export function assignSeats(
  seats: readonly (readonly string[] | null)[],
  people: readonly string[]
): (string | null)[] {
  const taken: (string | null)[] = seats.map(() => null);
  for (const person of people) {
    sit(person, seats, taken, new Set());
  }
  return taken;
}

function sit(
  person: string,
  seats: readonly (readonly string[] | null)[],
  taken: (string | null)[],
  tried: Set<number>
): boolean {
  return seats.some((members, index) => {
    if (tried.has(index) || (members !== null && !members.includes(person))) {
      return false;
    }
    tried.add(index);
    const sitting = taken[index] ?? null;
    if (sitting === null || sit(sitting, seats, taken, tried)) {
      taken[index] = person;
      return true;
    }
    return false;
  });
}
