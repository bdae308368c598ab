// Checks that only admitted content ran. Each phase that was locked carries the content that may run, so that no other run is needed.
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { StepContent } from '../../contract/rehearsal/step-content.js';
import { isWayBack } from '../../contract/notebook/way-back.js';
import { contentHashOf } from '../rehearsal/current-content.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';

/** Every attempt in an admitted phase whose text is not what was admitted. The kernel refuses such; a journal that was edited has them. */
export function admissionFindings({ names }: ArchiveFiles, records: readonly JournalRecord[]): Finding[] {
  const admitted = new Map<string, StepContent>();
  return records.flatMap((record, index): Finding[] => {
    if (record.kind === 'phase-admitted' || record.kind === 'phase-released') {
      record.steps.forEach(step => admitted.set(step.id, step));
    }
    const step = record.kind === 'attempt-started' ? admitted.get(record.step) : undefined;
    return record.kind !== 'attempt-started' || !step || isWayBack(record.source) || isOf(step, record)
      ? []
      : [
          {
            file: names.journal,
            line: index + 1,
            code: 'rehearsal.other_content',
            text: `runs “${step.title}” with another text than its phase was admitted with`
          }
        ];
  });
}

/** A cell tagged `parameters` counts without its values; which cell is tagged, the notebook may not say any more. */
function isOf(
  { hashes }: StepContent,
  { source, sourceHash }: { readonly source: string; readonly sourceHash: string }
): boolean {
  return [sourceHash, contentHashOf(source, true)].some(hash => hashes.includes(hash));
}
