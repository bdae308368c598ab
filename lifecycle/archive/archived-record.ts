// The last record of an archived run, which says that it is archived. It is made before it is written, because the archive is made of the
// journal that holds it.
import { appendFileSync, closeSync, fsyncSync, openSync, truncateSync } from 'node:fs';
import type { Person } from '../../contract/base/person.js';
import type { JournalRecord, RunArchived } from '../../contract/journal/journal.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import { freezeBody, hashLine, linkLine } from '../../record/journal/chain.js';
import type { RunFiles } from '../notebook/read-run.js';

/** The run as it is once it is archived. Nothing is written. */
export function withArchivedRecord(
  files: RunFiles,
  at: string,
  by: Person,
  kept: { readonly [cell: string]: string }
): RunFiles {
  const { journalText, records } = files;
  const lastLine = journalText.slice(journalText.lastIndexOf('\n', journalText.length - 2) + 1, -1);
  const body: RunArchived = {
    kind: 'run-archived',
    by,
    ...(Object.keys(kept).length > 0 ? { kept } : {})
  };
  const { line } = linkLine({ seq: records.length, hash: hashLine(lastLine) }, at, freezeBody(body));
  const all = [...records, JSON.parse(line) as JournalRecord];
  return { ...files, journalText: `${journalText}${line}\n`, records: all, state: foldJournal(all) };
}

/** Brings the record to the disk. Returns the way to take it back while nobody has seen it. */
export function writeArchivedRecord(before: RunFiles, after: RunFiles): () => void {
  const size = Buffer.byteLength(before.journalText);
  const descriptor = openSync(after.journalPath, 'a');
  try {
    appendFileSync(descriptor, after.journalText.slice(before.journalText.length));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return () => truncateSync(after.journalPath, size);
}
