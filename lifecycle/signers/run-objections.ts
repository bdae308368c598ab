// What the journal of a run says of its hold points and does not carry: for archive, status, board and report, which tell it to people.
import { judgeJournal } from '../../record/decisions/judge-journal.js';
import { objectionsIn } from '../../record/decisions/objections.js';
import { SignatureChecks } from '../../record/decisions/signature-checks.js';
import { lookAtRun, type RunFiles } from '../notebook/read-run.js';
import { signersAt } from './allowed-signers.js';

/**
 * One sentence for each line that does not hold; none of a run whose decisions carry what it says. A signature that cannot be checked here
 * is for `launchbook verify` to tell.
 *
 * @param path - The notebook of the run.
 * @param files - As they were read. @default they are read
 * @example
 * await runObjections('runs/2.4.0-production/release.ipynb')
 * // ['Line 31 of the journal records a signed decision of bob on “QA sign-off”, but the signature is for the run 2.3.1-production-0a1b2c.']
 */
export async function runObjections(path: string, files: RunFiles = lookAtRun(path)): Promise<string[]> {
  const { judged, faults } = judgeJournal(files.records);
  const checks = new SignatureChecks(() => signersAt(path));
  const found = [...faults, ...(await objectionsIn(judged, checks)).faults];
  return found
    .filter(({ code }) => code !== 'signature.unchecked')
    .sort((a, b) => a.line - b.line)
    .map(({ line, text }) => `Line ${line} of the journal ${text}.`);
}
