// `launchbook learn`: what was changed during a run, offered to the template.
import type { Command } from 'commander';
import { learnRun } from '../../lifecycle/learn/learn-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

interface LearnOptions {
  readonly json?: boolean;
}

export function addLearnCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('learn')
    .summary('offer what a run taught to its template')
    .description(
      'Makes the branch redlines/RELEASE-ENV with one commit: the edits and new cells of the run against its template, and the notes. Merge it, or open a pull request. `launchbook new` tells of redlines that are still open.'
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
    .action(async (run: string, options: LearnOptions) => finish(await learn(run, options)));
}

async function learn(path: string, options: LearnOptions): Promise<ExitCode> {
  const result = await learnRun(path);
  if (options.json) {
    console.log(JSON.stringify(result));
    return EXIT.passed;
  }
  result.redlines.forEach(({ kind, cell, title }) => console.log(`${kind.padEnd(7)}  ${cell}: ${title}`));
  result.notes.forEach(note => console.log(`note     ${note}`));
  console.log(
    result.branch === null
      ? 'Nothing to learn: the run is as its template.'
      : `${result.branch} at ${result.commit?.slice(0, 12)}. Push it and open a pull request, or: git merge ${result.branch}`
  );
  return EXIT.passed;
}
