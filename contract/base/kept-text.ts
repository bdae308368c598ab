// Work that is kept to be called later, such as undo steps, and the values that it has kept, as people read them.

/** A value that was kept, under the name that the notebook has for it. */
export interface KeptText {
  readonly name: string;
  /** In the record: short, and without secrets. */
  readonly text: string;
}

/** Work that is kept to be called later. It keeps the values that the names of the notebook held when it was kept; functions are not kept. */
export interface KeptWork<T> {
  readonly run: () => T;
  /** What it reads, as far as its text and that of the notebook's functions that it calls tell; not shortened or masked yet. */
  readonly values: readonly KeptText[];
}

/**
 * Values in one line; empty for none.
 *
 * @example
 * formatValues([{ name: 'service', text: "'orders'" }]) // "service = 'orders'"
 */
export function formatValues(values: readonly KeptText[] | undefined): string {
  return (values ?? []).map(({ name, text }) => `${name} = ${text}`).join(', ');
}
