// Is the journal whole, and the one that was archived? The chain finds every change but one of the last line; the manifest finds that.
import type { JournalReading } from '../../record/journal/read-journal.js';
import type { Manifest } from '../manifest/manifest.js';
import { sha256 } from '../../record/hash.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';

/** Every way in which the journal does not hold. */
export function journalFindings(
  { names, journal }: ArchiveFiles,
  reading: JournalReading | null,
  manifest: Manifest | null
): Finding[] {
  const file = names.journal;
  if (journal === null || reading === null) {
    return [{ file, line: 1, code: 'journal.missing', text: 'is not there' }];
  }
  if (reading.fault) {
    return [{ file, line: reading.fault.line, code: reading.fault.code, text: reading.fault.message }];
  }
  const last = Math.max(1, reading.records.length);
  if (manifest !== null && sha256(journal) !== manifest.journal.sha256) {
    const seen =
      reading.records.length === manifest.journal.records
        ? 'is not the last line that was archived'
        : `ends the journal after ${reading.records.length} records, ${manifest.journal.records} were archived`;
    return [{ file, line: last, code: 'journal.changed', text: seen }];
  }
  return reading.torn === null
    ? []
    : [{ file, line: last + 1, code: 'journal.torn', text: 'is incomplete: a write was cut off' }];
}
