// `launchbook diff`: two runs, or a run and its template.
import type { Command } from 'commander';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { diffRuns } from '../../lifecycle/diff/diff-runs.js';
import { differenceLines } from '../../lifecycle/diff/diff-text.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

interface DiffOptions {
  readonly json?: boolean;
}

export function addDiffCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('diff')
    .summary('compare two runs, or a run and its template')
    .description(
      'Compares parameters, sources, outcomes, durations and outputs cell by cell. Times, ids and durations in outputs do not count.'
    )
    .argument('<a>', 'a run or a template')
    .argument('<b>', 'a run or a template')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook diff runs/2.3.1-production/release.ipynb runs/2.4.0-production/release.ipynb
  launchbook diff release.ipynb runs/2.4.0-production/release.ipynb

Exit codes: 0 no difference, 1 there are differences, 2 called wrongly.`
    )
    .action((a: string, b: string, options: DiffOptions) => finish(diff(a, b, options, terminal)));
}

function diff(a: string, b: string, options: DiffOptions, terminal: Terminal): ExitCode {
  const differences = diffRuns(readRun(a), readRun(b));
  if (options.json) {
    terminal.say(JSON.stringify({ differences }));
  } else {
    differences.flatMap(differenceLines).forEach(line => terminal.say(line));
    if (differences.length === 0) {
      terminal.say('No difference.');
    }
  }
  return differences.length === 0 ? EXIT.passed : EXIT.failed;
}
