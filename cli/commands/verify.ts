// `launchbook verify`: does an archive still say what happened?
import type { Command } from 'commander';
import { formatCount } from '../../contract/format.js';
import { verifyRun } from '../../lifecycle/verify/verify-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

interface VerifyOptions {
  readonly json?: boolean;
}

export function addVerifyCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('verify')
    .summary('check that an archive was not changed')
    .description(
      'Checks the chain of the journal, every file against the manifest, the notebook against the journal, and approvals against what they approved. Names the first line of each file that does not hold.'
    )
    .argument('<run>', 'the notebook of a run, or a tag such as runs/2.4.0-production')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook verify runs/2.4.0-production/release.ipynb
  launchbook verify runs/2.4.0-production                  the tag, whatever the work tree says

Exit codes: 0 it holds, 1 it was changed, 2 there is no such run.`
    )
    .action(async (run: string, options: VerifyOptions) => finish(await verify(run, options)));
}

async function verify(target: string, options: VerifyOptions): Promise<ExitCode> {
  const result = await verifyRun(target);
  const { holds, findings, place, run, records, cells, approvals, isArchived } = result;
  if (options.json) {
    console.log(JSON.stringify(result));
  } else if (holds) {
    const checked = `${formatCount(records, 'record')}, ${formatCount(cells, 'cell')}, ${formatCount(approvals, 'approval')} held against their content`;
    console.log(`${place} holds: run ${run ?? 'unknown'}, ${checked}.`);
  } else {
    findings.forEach(({ file, line, text }) => console.log(`${file} line ${line} ${text}`));
  }
  if (!isArchived) {
    console.error('Note: it was not archived, so changes of outputs and prose cannot be told.');
  }
  return holds ? EXIT.passed : EXIT.failed;
}
