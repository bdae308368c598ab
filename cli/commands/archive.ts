// `launchbook archive`: the run as a commit that GitHub renders.
import type { Command } from 'commander';
import { formatCount } from '../../contract/base/format.js';
import { archiveRun } from '../../lifecycle/archive/archive-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

interface ArchiveOptions {
  readonly unfinished?: boolean;
  readonly push?: boolean;
  readonly sign?: boolean;
  readonly json?: boolean;
}

export function addArchiveCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('archive')
    .summary('commit a run as the record of what happened')
    .description(
      'Checks the journal, searches every file for secrets, writes summary, picture and times into the notebook, commits notebook, journal, manifest and signed decisions, and tags them runs/RELEASE-ENV, a dry run runs/RELEASE-ENV-dry-run. Where another archive has that name, a number is added and printed. Doing it again changes nothing.'
    )
    .argument('<run>', 'the notebook of the run; no kernel may have it open')
    .option('--unfinished', 'archive a run that has not come to its end; its first line says so')
    .option('--push', 'push the branch and the tag')
    .option(
      '--sign',
      'sign the tag, with SSH or GPG as git is set up; then a signature covers all of the archive'
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook archive runs/2.4.0-production/release.ipynb
  launchbook archive runs/2.4.0-production/release.ipynb --push
  launchbook archive runs/2.4.0-staging/release.ipynb --unfinished

Exit codes: 0 archived, 1 refused because of a secret or a changed journal, 2 called wrongly or unfinished.`
    )
    .action(async (run: string, options: ArchiveOptions) => finish(await archive(run, options, terminal)));
}

async function archive(path: string, options: ArchiveOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await archiveRun(path, {
    unfinished: options.unfinished ?? false,
    push: options.push ?? false,
    sign: options.sign ?? false
  });
  result.notes.forEach(note => terminal.note(`Note: ${note}`));
  if (options.json) {
    terminal.say(JSON.stringify(result));
    return EXIT.passed;
  }
  const { files, secrets, forms } = result.search;
  const known =
    secrets === 0
      ? 'no secret is known to search for'
      : `searched for ${formatCount(secrets, 'known secret')} in up to ${forms} written forms each`;
  terminal.say(`No secrets: ${formatCount(files, 'file')} searched for credentials; ${known}.`);
  terminal.say(
    `${result.isNew ? 'Archived' : 'Already archived'}: ${result.tag} at ${result.commit.slice(0, 12)}`
  );
  terminal.say(result.address);
  return EXIT.passed;
}
