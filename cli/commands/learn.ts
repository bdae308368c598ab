// `launchbook learn`: what was changed during a run, offered to the template.
import type { Command } from 'commander';
import { learnRun } from '../../lifecycle/learn/learn-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

interface LearnOptions {
  readonly json?: boolean;
}

export function addLearnCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('learn')
    .summary('offer the changes of a run to its template')
    .description(
      'Makes the branch redlines/RELEASE-ENV with one commit: the edits and new cells of the run against its template, and the notes. Merge it, or open a pull request. `launchbook new` lists redlines that are still open.'
    )
    .argument('<run>', 'the notebook of the run')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook learn runs/2.4.0-production/release.ipynb
  git diff main...redlines/2.4.0-production

Exit codes: 0 done, also when there is nothing to learn, 2 called wrongly or refused.`
    )
    .action(async (run: string, options: LearnOptions) => finish(await learn(run, options, terminal)));
}

async function learn(path: string, options: LearnOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await learnRun(path);
  if (options.json) {
    terminal.say(JSON.stringify(result));
    return EXIT.passed;
  }
  result.redlines.forEach(({ kind, name, title }) => terminal.say(`${kind.padEnd(7)}  ${name}: ${title}`));
  result.notes.forEach(note => terminal.say(`note     ${note}`));
  terminal.say(
    result.branch === null
      ? 'Nothing to learn: the run is the same as its template.'
      : `${result.branch} at ${result.commit?.slice(0, 12)}. Push it and open a pull request, or: git merge ${result.branch}`
  );
  return EXIT.passed;
}
