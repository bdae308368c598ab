// A history without secrets: the text of a cell may hold one.
import type { HistoryStore } from '../core/ports.js';
import type { Masking } from './masking.js';

/** Masks every cell on its way to `history`. */
export function maskHistory(history: HistoryStore, masking: Masking): HistoryStore {
  return {
    append: entry => history.append({ ...entry, source: masking.text(entry.source) }),
    tail: count => history.tail(count),
    range: (session, start, stop) => history.range(session, start, stop),
    search: (pattern, count, isUnique) => history.search(pattern, count, isUnique)
  };
}
