// `launchbook lint`: checks a runbook against the rules.
import type { Command } from 'commander';
import { formatCount } from '../../contract/base/format.js';
import { lintFile, type LintedFile } from '../../lifecycle/lint/lint-file.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

interface LintOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export function addLintCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('lint')
    .summary('find what makes a runbook hard to run')
    .description(
      'Looks for secrets and hosts in the source, hold points after the change, changes without an undo step, steps in loops and the like. A rule is switched off in launchbook.yml, with a reason: lint: { off: { cell-too-long: the table of hosts } }; in one cell with a comment: // lint-off cell-too-long: the table of hosts'
    )
    .argument('<runbooks...>', 'templates and runs')
    .option('--strict', 'fail at warnings too')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook lint release.ipynb
  launchbook lint runbooks/*.ipynb                all of them, as pre-commit calls it
  launchbook lint release.ipynb --strict          in a pipeline
  launchbook lint release.ipynb --json | jq '.findings[].rule'

Exit codes: 0 nothing to fix, 1 errors were found (with --strict: anything), 2 called wrongly.`
    )
    .action((runbooks: string[], options: LintOptions) => finish(lint(runbooks, options, terminal)));
}

function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): ExitCode {
  const files = [...new Set(paths)].map(path => ({ path, ...lintFile(path) }));
  const findings = files.flatMap(file => file.findings);
  const isBad = findings.some(finding => options.strict === true || finding.severity === 'error');
  if (options.json) {
    const [only] = files;
    const one = ({ findings, off, offInCells }: LintedFile) => ({ findings, off, offInCells });
    terminal.say(
      JSON.stringify(
        files.length === 1 ? one(only!) : { files: files.map(file => ({ path: file.path, ...one(file) })) }
      )
    );
    return isBad ? EXIT.failed : EXIT.passed;
  }
  for (const { path, ...file } of files) {
    sayFindings(path, file, terminal);
  }
  const off = new Map(files.flatMap(file => Object.entries(file.off)));
  off.forEach((reason, rule) => terminal.note(`Note: ${rule} is switched off: ${reason}`));
  files
    .flatMap(({ path, offInCells, places }) =>
      offInCells.map(off => ({ ...off, place: `${path}, ${places.get(off.cell) ?? off.cell}` }))
    )
    .forEach(({ place, rule, reason }) =>
      terminal.note(`Note: ${rule} is switched off in ${place}: ${reason}`)
    );
  terminal.say(findings.length === 0 ? 'Nothing to fix.' : formatCount(findings.length, 'finding'));
  return isBad ? EXIT.failed : EXIT.passed;
}

function sayFindings(path: string, { findings, places }: LintedFile, terminal: Terminal): void {
  for (const { rule, cell, line, severity, message, fix } of findings) {
    const place = cell === '' ? path : `${path}, ${places.get(cell) ?? cell}, line ${line}`;
    terminal.say(`${place}: ${severity} ${rule}: ${message}`, `    ${fix}`);
  }
}
