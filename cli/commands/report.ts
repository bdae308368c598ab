// `launchbook report`: the after-action report of a run.
import { Option, type Command } from 'commander';
import { runReport } from '../../lifecycle/report/run-report.js';
import { EXIT } from '../exit-codes.js';
import type { Call } from '../terminal.js';

interface ReportOptions {
  readonly format: 'md' | 'html';
  readonly json?: boolean;
}

export function addReportCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('report')
    .summary('write the after-action report of a run')
    .description(
      'What did not go as planned, everything that people did with time and reason, who drove when, waits, tasks, planned and actual times, and what differs from the template. Printed, so that it can go anywhere.'
    )
    .argument('<run>', 'the notebook of the run')
    .addOption(new Option('--format <format>', 'how it is written').choices(['md', 'html']).default('md'))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook report runs/2.4.0-production/release.ipynb > report.md
  launchbook report runs/2.4.0-production/release.ipynb --format html > report.html

Exit codes: 0 written, 1 the journal was changed, 2 called wrongly.`
    )
    .action(async (run: string, options: ReportOptions) => {
      const { report, text } = await runReport(run, options.format);
      if (options.json) {
        terminal.say(JSON.stringify(report));
      } else {
        terminal.print(text);
      }
      finish(EXIT.passed);
    });
}
