// Holds the files of an archive against each other: manifest, journal, notebook, approvals. Pure, so that files and tags are checked by
// the same rules, and so that every byte of every file counts.
import type { Notebook } from '../../contract/notebook.js';
import { replay } from '../../contract/reduce.js';
import { emptyRunState } from '../../contract/state.js';
import { readJournal } from '../../runbook/journal/read-journal.js';
import { admissionFindings } from './admission-findings.js';
import { approvalFindings, boundApprovals } from './approval-findings.js';
import { journalFindings } from './journal-findings.js';
import { notebookFindings, parsedNotebook } from './notebook-findings.js';
import { readManifest, manifestFindings } from './manifest-findings.js';
import { stepFindings } from './step-findings.js';
import type { ArchiveFiles, Finding, Verification } from './verification.js';

/**
 * Checks an archive, or a run that was not archived yet. Never throws: what cannot be read is a finding.
 *
 * @example
 * verifyArchive(files).findings[0]
 * // { file: 'release.ipynb', line: 120, code: 'notebook.changed', text: 'is not what was archived: the cell deploy differs' }
 */
export function verifyArchive(files: ArchiveFiles): Verification {
  const manifest = files.manifest === null ? null : readManifest(files.manifest);
  const notebook = parsedNotebook(files.notebook);
  const reading = files.journal === null ? null : readJournal(files.journal.toString('utf8'));
  const state = reading === null ? emptyRunState() : replay(reading.records);
  const findings: Finding[] = [
    ...(files.manifest === null ? [] : manifestFindings(files.names.manifest, files.manifest, manifest)),
    ...journalFindings(files, reading, manifest),
    ...notebookFindings(files, notebook, manifest),
    ...(notebook === null || reading === null
      ? []
      : [...stepFindings(files, notebook, state, manifest), ...approvalFindings(files, notebook, state)]),
    ...admissionFindings(files, reading?.records ?? [])
  ];
  return {
    holds: findings.length === 0,
    findings,
    run: manifest?.run ?? state.run?.id ?? null,
    records: state.seq,
    cells: cellCount(notebook),
    approvals: boundApprovals(state).length,
    isArchived: files.manifest !== null
  };
}

function cellCount(notebook: Notebook | null): number {
  return notebook?.cells.length ?? 0;
}
