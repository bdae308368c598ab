// The `launchbook` command: a table of commands, and the one place that turns errors into text and exit codes.
import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { isLaunchbookError, moreAbout } from '../contract/base/error.js';
import { LAUNCHBOOK_VERSION } from '../contract/base/version.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { onKernelNode } from './on-kernel-node.js';
import { needSupportedSystem } from '../kernel/host/process/supported-system.js';
import { needFolderName } from '../kernel/host/process/folder-name.js';
import { describeFaults, RefusedError, type FieldWords } from '../lifecycle/refused-error.js';
import { systemErrorText } from './system-error.js';
import type { Call, Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/**
 * Runs the command with `args`, the words after its name, in the folder and with the environment of this process.
 *
 * @returns The exit code. No error is thrown: it is printed on `terminal.stderr`.
 */
export async function launchbook(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    needSupportedSystem();
    return await onKernelNode(async () => {
      needFolderName();
      let code: ExitCode = EXIT.passed;
      const program = makeProgram(terminal);
      await addCommands(program, args, { terminal, finish: ending => (code = ending) });
      await program.parseAsync(args, { from: 'user' });
      return code;
    });
  } catch (error) {
    return report(error, terminal);
  }
}

/** The module of a command is loaded for it alone, because loading all of them takes longer than most commands. */
const COMMANDS: { readonly [name: string]: () => Promise<AddCommand> } = {
  init: async () => (await import('./commands/init.js')).addInitCommand,
  import: async () => (await import('./commands/import.js')).addImportCommand,
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
  explain: async () => (await import('./explain/explain-command.js')).addExplainCommand,
  install: async () => (await import('./commands/install.js')).addInstallCommand,
  uninstall: async () => (await import('./commands/uninstall.js')).addUninstallCommand,
  doctor: async () => (await import('./commands/doctor.js')).addDoctorCommand
};

type AddCommand = (program: Command, call: Call) => void;

/** The options by which a person knows the fields of a request. */
const OPTIONS: FieldWords = {
  release: '--release',
  environment: '--env',
  mode: '--mode',
  branch: '--branch',
  guesses: '--with-guesses',
  folder: '--out',
  by: '--as',
  comment: '--comment',
  values: '--set',
  until: '--until',
  step: '--step',
  checkpoint: '--to-checkpoint',
  discard: '--discard',
  judge: '--judge'
};

function makeProgram(terminal: Terminal): Command {
  return new Command('launchbook')
    .description('Runbooks of production releases as Jupyter notebooks.')
    .version(LAUNCHBOOK_VERSION)
    .configureOutput({
      writeOut: text => terminal.write(text),
      writeErr: text => terminal.note(text.replace(/\n$/, ''))
    })
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
}

/** For help, and for a word that is no command, all of them are there. */
async function addCommands(program: Command, [asked = '']: readonly string[], call: Call): Promise<void> {
  const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  for (const name of names) {
    (await COMMANDS[name]!())(program, call);
  }
}

/** Tells an error, and gives the exit code for it. */
export function report(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  }
  if (isLaunchbookError(error)) {
    const isRefused = error instanceof RefusedError;
    const message = isRefused ? describeFaults(error.doing, error.faults, OPTIONS) : error.message;
    const lines = [
      `launchbook: ${message}`,
      error.hint,
      error instanceof UsageError ? undefined : moreAbout(error.code)
    ];
    terminal.note(lines.filter(line => line !== undefined).join('\n'));
    return isRefused || error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
  const refused = systemErrorText(error);
  if (refused !== null) {
    terminal.note(`launchbook: ${refused}`);
    return EXIT.failed;
  }
  terminal.note('launchbook: an error that should not happen. Please report it with the text below.');
  terminal.note(inspect(error));
  return EXIT.failed;
}
