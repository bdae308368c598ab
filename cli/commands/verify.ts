// `launchbook verify`: checks that an archive still says what happened.
import type { Command } from 'commander';
import { formatCount } from '../../contract/base/format.js';
import { verifyRun, type VerifiedRun } from '../../lifecycle/verify/verify-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

interface VerifyOptions {
  readonly json?: boolean;
}

export function addVerifyCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('verify')
    .summary('check that an archive was not changed')
    .description(
      'Checks the chain of the journal, every file against the manifest, the notebook against the journal, approvals against what they approved, decisions against the rules of their requests, and every signature against allowed_signers, with ssh-keygen. Names file and line of each fault.'
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
    .action(async (run: string, options: VerifyOptions) => finish(await verify(run, options, terminal)));
}

async function verify(target: string, options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await verifyRun(target);
  const { holds, findings, place, notes, isArchived, notCovered, signedBy } = result;
  if (options.json) {
    terminal.say(JSON.stringify(result));
  } else if (holds) {
    terminal.say(`${place} holds: ${checkedIn(result)}.`);
  } else {
    findings.forEach(({ file, line, text }) => terminal.say(`${file} line ${line} ${text}`));
  }
  notes.forEach(note => terminal.note(`Note: ${note}`));
  if (holds && signedBy !== null) {
    terminal.note(`Note: the archive is signed by ${signedBy}.`);
  } else if (holds && notCovered.length > 0) {
    terminal.note(`Note: not covered by a signature: ${notCovered.join('; ')}.`);
  }
  if (!isArchived) {
    terminal.note('Note: it was not archived, so changes of outputs and prose cannot be found.');
  }
  return holds ? EXIT.passed : EXIT.failed;
}

function checkedIn({ run, records, cells, approvals, unreleased, signatures }: VerifiedRun): string {
  const counts = [
    formatCount(records, 'record'),
    formatCount(cells, 'cell'),
    `${formatCount(approvals, 'approval')} with ${approvals === 1 ? 'its' : 'their'} content`,
    formatCount(signatures, 'signature'),
    ...(unreleased > 0 ? [`${formatCount(unreleased, 'hold point')} not released`] : [])
  ];
  return `run ${run ?? 'unknown'}, ${counts.join(', ')}`;
}
