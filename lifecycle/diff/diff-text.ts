// Differences of two runs as lines for a terminal: sources and outputs line by line, everything else on one line.
import { formatDuration } from '../../contract/base/format.js';
import type { RunDifference } from './diff-runs.js';

/** Most lines of one difference. */
const MOST_LINES = 20;

/** The lines of one difference; `-` is the first run, `+` the second. */
export function differenceLines({ what, name, a, b }: RunDifference): string[] {
  if (what === 'source' || what === 'output') {
    const head = a === null ? `${name}: added` : b === null ? `${name}: removed` : `${name}: ${what}`;
    return [head, ...changedLines(linesOf(a), linesOf(b)).map(line => `    ${line}`)];
  }
  const word =
    what === 'duration'
      ? (value: string | null) => formatDuration(Number(value))
      : (value: string | null) => value ?? 'none';
  return [`${name}: ${what} ${word(a)} → ${word(b)}`];
}

/** A side that has none has no line either. */
function linesOf(text: string | null): string[] {
  return text === null ? [] : text.split('\n');
}

/** Lines of `left` that `right` lacks and the other way round, without the beginning and the end that are the same. */
function changedLines(left: readonly string[], right: readonly string[]): string[] {
  let start = 0;
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) {
    end++;
  }
  const lines = [
    ...left.slice(start, left.length - end).map(line => `- ${line}`),
    ...right.slice(start, right.length - end).map(line => `+ ${line}`)
  ];
  const hidden = lines.length - MOST_LINES;
  return hidden > 0 ? [...lines.slice(0, MOST_LINES), `… ${hidden} more`] : lines;
}
