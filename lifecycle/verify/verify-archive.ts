// Compares the files of an archive with each other: manifest, journal, notebook, approvals, decisions and their signatures. It reads no
// files, so that paths and tags are checked by the same rules, and every byte of every file counts.
import type { Notebook } from '../../contract/notebook/notebook.js';
import { judgeJournal } from '../../record/decisions/judge-journal.js';
import { notesOnKeys } from '../../record/decisions/notes-on-keys.js';
import { objectionsIn } from '../../record/decisions/objections.js';
import type { SignatureChecks } from '../../record/decisions/signature-checks.js';
import { readJournal } from '../../record/journal/read-journal.js';
import { readOutline } from '../../record/source/read-outline.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import { admissionFindings } from './admission-findings.js';
import { approvalFindings, boundApprovals } from './approval-findings.js';
import { cardFindings } from './card-findings.js';
import { journalFindings } from './journal-findings.js';
import { notCovered } from './not-covered.js';
import { notebookFindings, parsedNotebook } from './notebook-findings.js';
import { orderFindings } from './order-findings.js';
import { outputFindings } from './output-findings.js';
import { policyFindings, type CommitPlace } from './policy-findings.js';
import { readManifest, manifestFindings } from '../manifest/manifest-findings.js';
import { stepFindings } from './step-findings.js';
import { tokenFindings } from './token-findings.js';
import { unreleasedHolds } from './unreleased-holds.js';
import type { ArchiveFiles, Finding, Verification } from '../findings/verification.js';

/**
 * Checks an archive, or a run that was not archived yet. Never rejects: what cannot be read is a finding.
 *
 * @param signatures - Runs ssh-keygen where the journal has signed decisions.
 * @param place - Where the commits are that the journal names. @default nobody has them, and the policy is compared with none
 * @example
 * (await verifyArchive(files, new SignatureChecks(signersAt(path)))).findings[0]
 * // { file: 'release.ipynb', line: 120, code: 'notebook.changed', text: 'is not what was archived: the cell deploy differs' }
 */
export async function verifyArchive(
  files: ArchiveFiles,
  signatures: SignatureChecks,
  place: CommitPlace | null = null
): Promise<Verification> {
  const manifest = files.manifest === null ? null : readManifest(files.manifest);
  const notebook = parsedNotebook(files.notebook);
  const reading = files.journal === null ? null : readJournal(files.journal.toString('utf8'));
  const records = reading?.records ?? [];
  const outline = notebook === null ? undefined : readOutline(withoutArchiveMarks(notebook).cells);
  const { judged, faults, notes, state } = judgeJournal(records, outline);
  const objections = await objectionsIn(judged, signatures);
  const onKeys = await notesOnKeys(judged.decisions, signatures.signers);
  const policies = await policyFindings(files.names.journal, records, state.run, place);
  const tokens = tokenFindings(files, judged, manifest);
  const ofRecords = [...faults, ...objections.faults].sort((a, b) => a.line - b.line);
  const noted: string[] = [];
  const findings: Finding[] = [
    ...(files.manifest === null ? [] : manifestFindings(files.names.manifest, files.manifest, manifest)),
    ...journalFindings(files, reading, manifest),
    ...notebookFindings(files, notebook, manifest),
    ...(notebook === null || reading === null
      ? []
      : [
          ...readableOr(files, records.length, () =>
            stepFindings(files, notebook, { records, state }, manifest)
          ),
          ...readableOr(files, records.length, () => outputFindings(files, notebook, records, state)),
          ...readableOr(files, records.length, () => {
            const cards = cardFindings(files, notebook, records);
            noted.push(...cards.notes);
            return cards.findings;
          }),
          ...readableOr(files, records.length, () => approvalFindings(files, notebook, state))
        ]),
    ...readableOr(files, records.length, () => admissionFindings(files, records)),
    ...readableOr(files, records.length, () => orderFindings(files, records)),
    ...ofRecords.map(fault => ({ file: files.names.journal, ...fault })),
    ...policies.findings,
    ...tokens.findings
  ];
  const unreleased = unreleasedHolds(state);
  return {
    holds: findings.length === 0,
    findings,
    run: manifest?.run ?? state.run?.id ?? null,
    records: state.seq,
    cells: cellCount(notebook),
    approvals: boundApprovals(state).length,
    unreleased: unreleased.length,
    signatures: objections.signatures,
    notCovered: findings.length === 0 ? notCovered(state) : [],
    signedBy: null,
    notes: [
      ...objections.notes,
      ...onKeys,
      ...notes,
      ...noted,
      ...policies.notes,
      ...tokens.notes,
      ...unreleased
    ],
    isArchived: files.manifest !== null
  };
}

/** A record of another shape than ours may have got into the state; then the last line that was read is named. */
function readableOr(
  { names }: ArchiveFiles,
  line: number,
  find: () => readonly Finding[]
): readonly Finding[] {
  try {
    return find();
  } catch {
    const text = 'or a line before it is a record whose fields cannot be read';
    return [{ file: names.journal, line: Math.max(1, line), code: 'journal.bad_record', text }];
  }
}

function cellCount(notebook: Notebook | null): number {
  return notebook?.cells.length ?? 0;
}
