// `launchbook new`: makes a fresh run of a template.
import type { Command } from 'commander';
import type { RunMode } from '../../contract/base/run.js';
import { newRun } from '../../lifecycle/new/new-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { shownPath } from '../shown-path.js';
import type { Call, Terminal } from '../terminal.js';

interface NewOptions {
  readonly release: string;
  readonly env: string;
  readonly mode?: string;
  readonly param: readonly string[];
  readonly out?: string;
  readonly branch?: boolean;
  readonly uncommitted?: boolean;
  readonly withGuesses?: string;
  readonly json?: boolean;
}

export function addNewCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('new')
    .summary('make a fresh run of a runbook')
    .description(
      'Makes a fresh run: a copy of the template without outputs, with its own id, to be executed once.'
    )
    .argument('<template>', 'the runbook, a notebook in git')
    .requiredOption('--release <name>', 'what is released, for example 2.4.0')
    .requiredOption('--env <name>', 'an environment of launchbook.yml')
    .option(
      '--mode <mode>',
      'live, rehearsal or dry-run (default: live in production, where rehearsal is refused; rehearsal elsewhere)'
    )
    .option('--param <name=value>', 'sets a parameter of the template; may be repeated', collect, [])
    .option('--branch', 'make the branch release/RELEASE-ENV and switch to it')
    .option('--out <folder>', 'the folder of the run (default: runs/RELEASE-ENV beside the template)')
    .option(
      '--uncommitted',
      'accept a template, a launchbook.yml or an imported file that is not committed as it is'
    )
    .option(
      '--with-guesses <reason>',
      'make a live run in production although guesses of launchbook import are left; the run records the reason'
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook new release.ipynb --release 2.4.0 --env staging
  launchbook new release.ipynb --release 2.4.0 --env production --branch
  launchbook new release.ipynb --release 2.4.0 --env production --param batchSize=2
  launchbook new release.ipynb --release 2.4.0 --env staging --out runs/rehearsal-1
  launchbook new release.ipynb --release 2.4.0 --env production --mode dry-run --out runs/plan`
    )
    .action(async (template: string, options: NewOptions) =>
      finish(await createRun(template, options, terminal))
    );
}

async function createRun(template: string, options: NewOptions, terminal: Terminal): Promise<ExitCode> {
  const { path, run, branch, notes } = await newRun({
    template,
    release: options.release,
    environment: options.env,
    parameters: options.param,
    ...(options.mode === undefined ? {} : { mode: options.mode as RunMode }),
    ...(options.out === undefined ? {} : { folder: options.out }),
    branch: options.branch ?? false,
    uncommitted: options.uncommitted ?? false,
    ...(options.withGuesses === undefined ? {} : { guesses: options.withGuesses })
  });
  notes.forEach(note => terminal.note(`Note: ${note}`));
  terminal.say(options.json ? JSON.stringify({ path, run, branch }) : shownPath(path));
  return EXIT.passed;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
