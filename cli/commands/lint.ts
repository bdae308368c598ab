// `launchbook lint`: the do's and don'ts of runbooks.
import type { Command } from 'commander';
import { formatCount } from '../../contract/format.js';
import { lintFile } from '../../lifecycle/lint/lint-file.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

interface LintOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export function addLintCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('lint')
    .summary('find what makes a runbook hard to run')
    .description(
      'Looks for secrets and hosts in the source, hold points after the change, changes without a way back, steps in loops and the like. A rule is switched off in launchbook.yml, with a reason: lint: { off: { cell-too-long: the table of hosts } }'
    )
    .argument('<runbook>', 'a template or a run')
    .option('--strict', 'fail at warnings too')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook lint release.ipynb
  launchbook lint release.ipynb --strict          in a pipeline
  launchbook lint release.ipynb --json | jq '.findings[].rule'

Exit codes: 0 nothing to mend, 1 errors were found (with --strict: anything), 2 called wrongly.`
    )
    .action((runbook: string, options: LintOptions) => finish(lint(runbook, options)));
}

function lint(path: string, options: LintOptions): ExitCode {
  const { findings, off } = lintFile(path);
  const isBad = findings.some(finding => options.strict === true || finding.severity === 'error');
  if (options.json) {
    console.log(JSON.stringify({ findings, off }));
    return isBad ? EXIT.failed : EXIT.passed;
  }
  for (const { rule, cell, line, severity, message, fix } of findings) {
    const place = cell === '' ? path : `${path} cell ${cell} line ${line}`;
    console.log(`${place}: ${severity} ${rule}: ${message}\n    ${fix}`);
  }
  Object.entries(off).forEach(([rule, reason]) => console.error(`Note: ${rule} is switched off: ${reason}`));
  console.log(findings.length === 0 ? 'Nothing to mend.' : formatCount(findings.length, 'finding'));
  return isBad ? EXIT.failed : EXIT.passed;
}
