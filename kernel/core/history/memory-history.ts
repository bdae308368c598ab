// The history of this kernel process, in memory.
import { rangeOf, searchIn, tailOf } from './find-history.js';
import type { HistoryEntry, HistoryStore } from '../ports/ports.js';

/** History that ends with the process. Its only session is the current one, number 0. */
export class MemoryHistory implements HistoryStore {
  readonly #entries: HistoryEntry[] = [];

  append(entry: HistoryEntry): void {
    this.#entries.push(entry);
  }

  async tail(count: number): Promise<readonly HistoryEntry[]> {
    return tailOf(this.#entries, count);
  }

  async range(session: number, start: number, stop: number | null): Promise<readonly HistoryEntry[]> {
    return rangeOf(this.#entries, session, start, stop);
  }

  async search(pattern: string, count: number, isUnique: boolean): Promise<readonly HistoryEntry[]> {
    return searchIn(this.#entries, pattern, count, isUnique);
  }
}
