// `launchbook archive`: the run as a commit that GitHub renders.
import type { Command } from 'commander';
import { formatCount } from '../../contract/format.js';
import { archiveRun } from '../../lifecycle/archive/archive-run.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

interface ArchiveOptions {
  readonly unfinished?: boolean;
  readonly push?: boolean;
  readonly json?: boolean;
}

export function addArchiveCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('archive')
    .summary('commit a run as the record of what happened')
    .description(
      'Checks the journal, searches every file for secrets, writes summary, picture and times into the notebook, commits notebook, journal, manifest and signed decisions, and tags them runs/RELEASE-ENV, a dry run runs/RELEASE-ENV-dry-run. Where another archive has that name, a number is added and told. Doing it again changes nothing.'
    )
    .argument('<run>', 'the notebook of the run; no kernel may have it open')
    .option('--unfinished', 'archive a run that has not come to its end; its first line says so')
    .option('--push', 'push the branch and the tag')
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
    .action(async (run: string, options: ArchiveOptions) => finish(await archive(run, options)));
}

async function archive(path: string, options: ArchiveOptions): Promise<ExitCode> {
  const result = await archiveRun(path, {
    unfinished: options.unfinished ?? false,
    push: options.push ?? false
  });
  result.notes.forEach(note => console.error(`Note: ${note}`));
  if (options.json) {
    console.log(JSON.stringify(result));
    return EXIT.passed;
  }
  const { files, secrets, forms } = result.search;
  const known =
    secrets === 0
      ? 'no secret is known to search for'
      : `searched for ${formatCount(secrets, 'known secret')} in up to ${forms} written forms each`;
  console.log(`No secrets: ${formatCount(files, 'file')} searched for credentials; ${known}.`);
  console.log(
    `${result.isNew ? 'Archived' : 'Was archived already'}: ${result.tag} at ${result.commit.slice(0, 12)}`
  );
  console.log(result.address);
  return EXIT.passed;
}
