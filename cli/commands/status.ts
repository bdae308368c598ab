// `launchbook status`: where a run stands, read from its journal. Needs no kernel and changes nothing.
import type { Command } from 'commander';
import { formatUtc } from '../../contract/format.js';
import { runStatus } from '../../lifecycle/status/run-status.js';
import { describePhases, describeRun } from '../../lifecycle/status/run-summary.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { shownPath } from '../shown-path.js';

interface StatusOptions {
  readonly json?: boolean;
}

export function addStatusCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('status')
    .summary('show where a run stands')
    .description('Shows the phases of a run, who is awaited and since when. The exit code tells the same.')
    .argument('<run>', 'the notebook of the run')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook status runs/2.4.0-staging/release.ipynb
  launchbook status runs/2.4.0-staging/release.ipynb --json | jq '.phases[] | select(.status == "waiting")'

Exit codes: 0 every phase passed, 1 a step failed, 3 not at its end, 4 rejected, 5 inconclusive.`
    )
    .action((run: string, options: StatusOptions) => finish(showStatus(run, options)));
}

function showStatus(path: string, options: StatusOptions): ExitCode {
  const { outcome, ...status } = runStatus(path);
  const code = EXIT[outcome];
  if (options.json) {
    const { phases, ...facts } = status;
    console.log(JSON.stringify({ ...facts, exitCode: code, phases }));
    return code;
  }
  console.log(describeRun(shownPath(path), status.run));
  describePhases(status.phases).forEach(line => console.log(line));
  console.log(
    status.lastAt ? `Last entry in the journal: ${formatUtc(status.lastAt)}` : 'Nothing has run yet.'
  );
  if (status.isTorn) {
    console.error('Note: the last line of the journal is incomplete; a write was cut off.');
  }
  return code;
}
