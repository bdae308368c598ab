// A fault with the lines around it, as text for a terminal and for the notebook.
import type { Position } from '../server/protocol-types.js';

const LINES_BEFORE = 2;
const LINES_AFTER = 1;

/** The place of a fault, 0-based; `end` may be on a later line. */
export interface Place {
  readonly start: Position;
  readonly end: Position;
}

/**
 * The lines around a fault with carets under it.
 *
 * @example
 * drawFrame('const a: number = "x"', { start: { line: 0, character: 6 }, end: { line: 0, character: 7 } })
 * // > 1 | const a: number = "x"
 * //     |       ^
 */
export function drawFrame(code: string, place: Place): string {
  const lines = code.split(/\r?\n/);
  const at = Math.min(place.start.line, lines.length - 1);
  const last = Math.min(at + LINES_AFTER, lines.length - 1);
  const width = String(last + 1).length;
  const drawn: string[] = [];
  for (let index = Math.max(0, at - LINES_BEFORE); index <= last; index += 1) {
    const line = lines[index] ?? '';
    drawn.push(`${index === at ? '>' : ' '} ${String(index + 1).padStart(width)} | ${line}`.trimEnd());
    if (index === at) {
      drawn.push(`  ${' '.repeat(width)} | ${carets(line, place)}`);
    }
  }
  return drawn.join('\n');
}

function carets(line: string, { start, end }: Place): string {
  const from = Math.min(start.character, line.length);
  const to = end.line > start.line ? line.length : Math.min(end.character, line.length);
  return line.slice(0, from).replace(/[^\t]/g, ' ') + '^'.repeat(Math.max(1, to - from));
}
