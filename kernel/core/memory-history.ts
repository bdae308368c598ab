// The history of this kernel process, in memory. Patterns are globs, as the specification says: `*` and `?`.
import type { HistoryEntry, HistoryStore } from './ports.js';

/** History that ends with the process. Its only session is the current one, number 0. */
export class MemoryHistory implements HistoryStore {
  private readonly entries: HistoryEntry[] = [];

  append(entry: HistoryEntry): void {
    this.entries.push(entry);
  }

  async tail(count: number): Promise<readonly HistoryEntry[]> {
    return lastOf(this.entries, count);
  }

  async range(session: number, start: number, stop: number | null): Promise<readonly HistoryEntry[]> {
    const isIn = ({ line }: HistoryEntry) => line >= start && (stop === null || line < stop);
    return this.entries.filter(entry => entry.session === session && isIn(entry));
  }

  async search(pattern: string, count: number, isUnique: boolean): Promise<readonly HistoryEntry[]> {
    const glob = globToRegExp(pattern);
    const found = this.entries.filter(entry => glob.test(entry.source));
    return lastOf(isUnique ? newestOfEachSource(found) : found, count);
  }
}

function lastOf<T>(entries: readonly T[], count: number): readonly T[] {
  return count > 0 ? entries.slice(-count) : [];
}

function newestOfEachSource(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const newest = new Map(entries.map(entry => [entry.source, entry]));
  return entries.filter(entry => newest.get(entry.source) === entry);
}

function globToRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
