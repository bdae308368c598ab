// Records for journal tests, and a clock that ticks once a call.
import type { JournalOpened, RecordBody } from '../../../contract/journal/journal.js';

export const FIRST: JournalOpened = {
  kind: 'journal-opened',
  format: 1,
  version: '0.1.0',
  notebook: 'release.ipynb',
  run: null
};

export function checkpoint(name: string): RecordBody {
  return { kind: 'checkpoint', name, step: 'a1' };
}

export function ticking(startMs = Date.UTC(2026, 10, 22)): () => number {
  let now = startMs;
  return () => now++;
}
