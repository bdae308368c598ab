// `launchbook verify`: does an archive still say what happened?
import type { Command } from 'commander';
import { formatCount } from '../../contract/format.js';
import { verifyRun, type VerifiedRun } from '../../lifecycle/verify/verify-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

interface VerifyOptions {
  readonly json?: boolean;
}

export function addVerifyCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('verify')
    .summary('check that an archive was not changed')
    .description(
      'Checks the chain of the journal, every file against the manifest, the notebook against the journal, approvals against what they approved, decisions against the rules of their requests, and every signature against allowed_signers, with ssh-keygen. Names file and line of what does not hold.'
    )
    .argument('<run>', 'the notebook of a run, or a tag such as runs/2.4.0-production')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook verify runs/2.4.0-production/release.ipynb
  launchbook verify runs/2.4.0-production                  the tag, whatever the work tree says

A notebook is checked against the allowed_signers of the work tree, a tag against that of its commit. A key that was
removed since, and was in an earlier commit, is a note and no fault.

Exit codes: 0 it holds, 1 it does not, 2 there is no such run.`
    )
    .action(async (run: string, options: VerifyOptions) => finish(await verify(run, options)));
}

async function verify(target: string, options: VerifyOptions): Promise<ExitCode> {
  const result = await verifyRun(target);
  const { holds, findings, place, notes, isArchived } = result;
  if (options.json) {
    console.log(JSON.stringify(result));
  } else if (holds) {
    console.log(`${place} holds: ${checkedIn(result)}.`);
  } else {
    findings.forEach(({ file, line, text }) => console.log(`${file} line ${line} ${text}`));
  }
  notes.forEach(note => console.error(`Note: ${note}`));
  if (!isArchived) {
    console.error('Note: it was not archived, so changes of outputs and prose cannot be told.');
  }
  return holds ? EXIT.passed : EXIT.failed;
}

function checkedIn({ run, records, cells, approvals, signatures }: VerifiedRun): string {
  const counts = [
    formatCount(records, 'record'),
    formatCount(cells, 'cell'),
    `${formatCount(approvals, 'approval')} with ${approvals === 1 ? 'its' : 'their'} content`,
    formatCount(signatures, 'signature')
  ];
  return `run ${run ?? 'unknown'}, ${counts.join(', ')}`;
}
