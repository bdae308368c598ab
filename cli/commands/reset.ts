// `launchbook reset`: gives a run its fresh copy again and keeps the old attempt beside it.
import type { Command } from 'commander';
import { resetRun } from '../../lifecycle/reset/reset-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { shownPath } from '../shown-path.js';
import type { Call, Terminal } from '../terminal.js';

interface ResetOptions {
  readonly latest?: boolean;
  readonly json?: boolean;
}

export function addResetCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('reset')
    .summary('give a run its fresh copy again')
    .description(
      'Makes a fresh copy in place of a run, with a new id. The old attempt is kept beside it: notebook, journal, outputs.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--latest', 'take the template as it is committed now, not as it was when the run was made')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook reset runs/2.4.0-staging/release.ipynb
  launchbook reset runs/2.4.0-staging/release.ipynb --latest`
    )
    .action(async (run: string, options: ResetOptions) => finish(await reset(run, options, terminal)));
}

async function reset(path: string, options: ResetOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await resetRun(path, { latest: options.latest ?? false });
  result.notes.forEach(note => terminal.note(`Note: ${note}`));
  if (options.json) {
    terminal.say(JSON.stringify(result));
  } else {
    terminal.say(shownPath(result.path));
    result.kept.forEach(file => terminal.say(`kept ${shownPath(file)}`));
  }
  return EXIT.passed;
}
