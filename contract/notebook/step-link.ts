// The part of an address that names a step: JupyterLab's own way to write a link to a cell, which other notebooks understand too.

const PREFIX = '#cell-id=';

/** `#cell-id=4f1c`, behind the address of the notebook. */
export function fragmentOfStep(cell: string): string {
  return `${PREFIX}${encodeURIComponent(cell)}`;
}

/** The id of the cell that a fragment names, or null. */
export function stepOfFragment(fragment: string): string | null {
  if (!fragment.startsWith(PREFIX)) {
    return null;
  }
  try {
    return decodeURIComponent(fragment.slice(PREFIX.length)) || null;
  } catch {
    return null;
  }
}
