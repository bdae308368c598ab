// A name that completion offers for a word of a command.

/** A program, a file or a folder. */
export interface Found {
  readonly name: string;
  readonly type: string;
}

/** Names that need no quotes. */
export const PLAIN = /^[\w.@%+=:,-]+$/;

/** The order of the list. */
export function byName(a: Found, b: Found): number {
  return a.name < b.name ? -1 : 1;
}
