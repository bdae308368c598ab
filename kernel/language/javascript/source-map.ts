// The mappings of a source map (https://tc39.es/ecma426/): which line of the author's text each place of the emitted text is from.

/** A place of the emitted text and the author's line it comes from, all 0-based. */
export interface Mapping {
  readonly line: number;
  readonly column: number;
  readonly sourceLine: number;
}

/** Reads the `mappings` field. */
export function readMappings(mappings: string): Mapping[] {
  const found: Mapping[] = [];
  let sourceLine = 0;
  mappings.split(';').forEach((group, line) => {
    let column = 0;
    for (const segment of group.split(',').filter(text => text !== '')) {
      const [columnStep = 0, , lineStep] = readNumbers(segment);
      column += columnStep;
      if (lineStep !== undefined) {
        sourceLine += lineStep;
        found.push({ line, column, sourceLine });
      }
    }
  });
  return found;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

// Base 64, five bits a digit, the least first; bit 6 says that another digit follows, the lowest bit of all is the sign.
function readNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if ((bits & 32) === 0) {
      numbers.push(value & 1 ? -(value >> 1) : value >> 1);
      value = 0;
      shift = 0;
    }
  }
  return numbers;
}
