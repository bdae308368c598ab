// Answers a history request from a list of entries, oldest first. Patterns are globs, as the specification says: `*` and `?`.
import type { HistoryEntry } from '../ports/ports.js';

/** The newest `count` entries. */
export function tailOf(entries: readonly HistoryEntry[], count: number): readonly HistoryEntry[] {
  return count > 0 ? entries.slice(-count) : [];
}

/** The lines of one session from `start` up to but not including `stop`. */
export function rangeOf(
  entries: readonly HistoryEntry[],
  session: number,
  start: number,
  stop: number | null
): readonly HistoryEntry[] {
  const isIn = ({ line }: HistoryEntry): boolean => line >= start && (stop === null || line < stop);
  return entries.filter(entry => entry.session === session && isIn(entry));
}

/** The newest `count` entries whose whole source matches. With `isUnique` only the newest of each source. */
export function searchIn(
  entries: readonly HistoryEntry[],
  pattern: string,
  count: number,
  isUnique: boolean
): readonly HistoryEntry[] {
  const found = entries.filter(entry => matchesGlob(pattern, entry.source));
  return tailOf(isUnique ? newestOfEachSource(found) : found, count);
}

function newestOfEachSource(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const newest = new Map(entries.map(entry => [entry.source, entry]));
  return entries.filter(entry => newest.get(entry.source) === entry);
}

// Not a regular expression: `*a*a*a*b` from a client must not keep the supervisor busy for minutes.
function matchesGlob(pattern: string, text: string): boolean {
  let [inPattern, inText, star, afterStar] = [0, 0, -1, 0];
  while (inText < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      star = inPattern++;
      afterStar = inText;
    } else if (wanted === '?' || wanted === text[inText]) {
      inPattern += 1;
      inText += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      inText = ++afterStar;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
