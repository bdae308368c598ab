// How much room text takes in a notebook file, where Jupyter writes it as a JSON list of lines: what was printed is up to eleven times
// as long there. Limits of output count this, so that a flood of empty lines or control characters does not make a file that nobody opens.

/** By byte of UTF-8. */
const SIZES = new Uint8Array(256).fill(1);
SIZES.fill(6, 0x00, 0x20); // \u0000
for (const escaped of '\b\t\f\r"\\') {
  SIZES[escaped.charCodeAt(0)] = 2;
}
/** `\n`, the quotes around the line, a comma, a line feed and the indentation. */
SIZES[0x0a] = 11;

/**
 * The bytes that text takes in the file.
 *
 * @param text - In UTF-8.
 * @example
 * writtenSize(new TextEncoder().encode('\0\n')) // 17
 */
export function writtenSize(text: Uint8Array): number {
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    size += SIZES[text[at]!]!;
  }
  return size;
}

/** How many bytes from the beginning of the text take at most `size` in the file. */
export function bytesWithin(text: Uint8Array, size: number): number {
  let left = size;
  for (let at = 0; at < text.length; at++) {
    left -= SIZES[text[at]!]!;
    if (left < 0) {
      return at;
    }
  }
  return text.length;
}

/** How many bytes from the beginning of the text take at least `size` in the file; all of it when it takes less. */
export function bytesReaching(text: Uint8Array, size: number): number {
  let left = size;
  for (let at = 0; at < text.length; at++) {
    if (left <= 0) {
      return at;
    }
    left -= SIZES[text[at]!]!;
  }
  return text.length;
}
