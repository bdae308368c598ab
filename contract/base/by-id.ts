// Tables by ids that other people choose. A plain object has members of its own (`constructor`), which would be found in place of nothing.

/** A table without any such members, with the entries of another one. */
export function byId<T>(entries: { readonly [id: string]: T } = {}): { [id: string]: T } {
  const table = Object.create(null) as { [id: string]: T };
  for (const [id, value] of Object.entries(entries)) {
    table[id] = value;
  }
  return table;
}
