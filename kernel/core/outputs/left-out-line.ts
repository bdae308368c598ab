// The line that stands in the place of output that is too long to be shown.

/**
 * What is left out; `file` is where the whole output is, or null.
 *
 * @example
 * leftOutLine({ bytes: 12_345, lines: 1 }, null) // '12,345 bytes (1 line) of output are left out here.'
 */
export function leftOutLine(
  { bytes, lines }: { readonly bytes: number; readonly lines: number },
  file: string | null
): string {
  const place = file === null ? '' : `; the whole output is in ${file}`;
  return `${count(bytes, 'byte')} (${count(lines, 'line')}) of output are left out here${place}.`;
}

function count(value: number, noun: string): string {
  return `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
}
