// Reads the text of a journal into a state, for showing a run whose kernel is not there.
// The kernel and the command verify the chain of hashes; here the reading ends at a line that is not a record.
import type { JournalRecord } from '../../contract/journal/journal.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import type { RunState } from '../../contract/state/state.js';

/** The state after every whole line. A torn last line, which a crash can leave, is no record. */
export function stateOfJournal(text: string): RunState {
  return foldJournal(recordsOf(text));
}

function* recordsOf(text: string): Generator<JournalRecord> {
  for (const line of text.split('\n')) {
    if (line.trim() !== '') {
      const record = parseRecord(line);
      if (!record) {
        return;
      }
      yield record;
    }
  }
}

function parseRecord(line: string): JournalRecord | null {
  try {
    const value: unknown = JSON.parse(line);
    const isRecord =
      typeof value === 'object' && value !== null && 'seq' in value && 'kind' in value && 'at' in value;
    return isRecord ? (value as JournalRecord) : null;
  } catch {
    return null;
  }
}
