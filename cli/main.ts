#!/usr/bin/env node
// The `launchbook` command: a table of commands, and the one place that turns errors into text and exit codes.
import { Command, CommanderError } from 'commander';
import { isLaunchbookError } from '../contract/error.js';
import { LAUNCHBOOK_VERSION } from '../contract/version.js';
import { outliveReaders } from './closed-pipe.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { onKernelNode } from './on-kernel-node.js';
import { describeFaults, RefusedError, type FieldWords } from '../lifecycle/refused-error.js';
import { UsageError } from './usage-error.js';

/** The module of a command is loaded for it alone, because loading all of them takes longer than most commands. */
const COMMANDS: { readonly [name: string]: () => Promise<AddCommand> } = {
  init: async () => (await import('./commands/init.js')).addInitCommand,
  lint: async () => (await import('./commands/lint.js')).addLintCommand,
  new: async () => (await import('./commands/new.js')).addNewCommand,
  reset: async () => (await import('./commands/reset.js')).addResetCommand,
  run: async () => (await import('./commands/run.js')).addRunCommand,
  resume: async () => (await import('./commands/resume.js')).addResumeCommand,
  rollback: async () => (await import('./commands/rollback.js')).addRollbackCommand,
  status: async () => (await import('./commands/status.js')).addStatusCommand,
  approve: async () => (await import('./commands/approve.js')).addApproveCommand,
  board: async () => (await import('./commands/board.js')).addBoardCommand,
  archive: async () => (await import('./commands/archive.js')).addArchiveCommand,
  verify: async () => (await import('./commands/verify.js')).addVerifyCommand,
  report: async () => (await import('./commands/report.js')).addReportCommand,
  diff: async () => (await import('./commands/diff.js')).addDiffCommand,
  learn: async () => (await import('./commands/learn.js')).addLearnCommand,
  merge: async () => (await import('./commands/merge.js')).addMergeCommand,
  install: async () => (await import('./commands/install.js')).addInstallCommand
};

type AddCommand = (program: Command, finish: (code: ExitCode) => void) => void;

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
  until: '--until',
  step: '--step',
  discard: '--discard',
  judge: '--judge'
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
try {
  const code = await onKernelNode(async () => {
    await addCommands();
    await program.parseAsync();
  });
  if (code !== null) {
    finish(code);
  }
} catch (error) {
  finish(report(error));
}

/** For help, and for a word that is no command, all of them are there. */
async function addCommands(): Promise<void> {
  const asked = process.argv[2] ?? '';
  const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  for (const name of names) {
    (await COMMANDS[name]!())(program, finish);
  }
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
