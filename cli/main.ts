#!/usr/bin/env node
// The `launchbook` command: a table of commands, and the one place that turns errors into text and exit codes.
import { Command, CommanderError } from 'commander';
import { isLaunchbookError } from '../contract/error.js';
import { LAUNCHBOOK_VERSION } from '../contract/version.js';
import { addApproveCommand } from './commands/approve.js';
import { addBoardCommand } from './commands/board.js';
import { addArchiveCommand } from './commands/archive.js';
import { addDiffCommand } from './commands/diff.js';
import { addInitCommand } from './commands/init.js';
import { addInstallCommand } from './commands/install.js';
import { addLearnCommand } from './commands/learn.js';
import { addLintCommand } from './commands/lint.js';
import { addNewCommand } from './commands/new.js';
import { addReportCommand } from './commands/report.js';
import { addResetCommand } from './commands/reset.js';
import { addResumeCommand } from './commands/resume.js';
import { addRunCommand } from './commands/run.js';
import { addStatusCommand } from './commands/status.js';
import { addVerifyCommand } from './commands/verify.js';
import { outliveReaders } from './closed-pipe.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { describeFaults, RefusedError, type FieldWords } from '../lifecycle/refused-error.js';
import { UsageError } from './usage-error.js';

const COMMANDS = [
  addInitCommand,
  addLintCommand,
  addNewCommand,
  addResetCommand,
  addRunCommand,
  addResumeCommand,
  addStatusCommand,
  addApproveCommand,
  addBoardCommand,
  addArchiveCommand,
  addVerifyCommand,
  addReportCommand,
  addDiffCommand,
  addLearnCommand,
  addInstallCommand
];

/** The options by which a person knows the fields of a request. */
const OPTIONS: FieldWords = {
  release: '--release',
  environment: '--env',
  mode: '--mode',
  branch: '--branch',
  folder: '--out',
  by: '--as',
  comment: '--comment',
  values: '--set',
  until: '--until'
};

const program = new Command('launchbook')
  .description('Runbooks of production releases as Jupyter notebooks.')
  .version(LAUNCHBOOK_VERSION)
  .showSuggestionAfterError()
  .showHelpAfterError('Run it with --help for the options and examples.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  launchbook new release.ipynb --release 2.4.0 --env staging
  launchbook run runs/2.4.0-staging/release.ipynb
  launchbook status runs/2.4.0-staging/release.ipynb
  launchbook install --prefix .venv

Exit codes: 0 passed, 1 failed, 2 called wrongly, 3 held, 4 rejected, 5 inconclusive.`
  );

outliveReaders([process.stdout, process.stderr]);
COMMANDS.forEach(add => add(program, finish));

try {
  await program.parseAsync();
} catch (error) {
  finish(report(error));
}

function finish(code: ExitCode): void {
  process.exitCode = code;
}

function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  }
  if (isLaunchbookError(error)) {
    const isRefused = error instanceof RefusedError;
    const message = isRefused ? describeFaults(error.doing, error.faults, OPTIONS) : error.message;
    console.error(`launchbook: ${message}${error.hint === undefined ? '' : `\n${error.hint}`}`);
    return isRefused || error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
  console.error('launchbook: an error that should not happen. Please report it with the text below.');
  console.error(error);
  return EXIT.failed;
}
