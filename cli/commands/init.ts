// `launchbook init`: prepares a folder or repository for runbooks.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { initProject } from '../../lifecycle/init/init-project.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

interface InitOptions {
  readonly json?: boolean;
}

export function addInitCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('init')
    .summary('prepare a repository for runbooks')
    .description(
      'Writes a commented launchbook.yml, a template, the folder of the runs, and what git must know about notebooks and journals. Tells git in this clone to merge notebooks cell by cell; do it once in every clone. Makes a git repository when there is none. Nothing that exists is overwritten.'
    )
    .argument('[folder]', 'an empty folder or an existing repository', '.')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook init                 in the current folder
  launchbook init runbooks        in a folder that is made when it does not exist
  git clone URL runbooks && launchbook init runbooks`
    )
    .action(async (folder: string, options: InitOptions) => finish(await init(folder, options, terminal)));
}

async function init(folder: string, options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const project = await initProject(folder, [process.execPath, main]);
  if (options.json) {
    terminal.say(JSON.stringify(project));
    return EXIT.passed;
  }
  project.files.forEach(file => terminal.say(`${file.change.padEnd(8)}  ${file.path}`));
  terminal.say(
    'In this clone git merges notebooks cell by cell; run launchbook init once in every other one.'
  );
  project.notes.forEach(note => terminal.note(`Note: ${note}`));
  const place = relative(process.cwd(), project.folder);
  terminal.say(
    `Next: commit them${place === '' ? '' : ` in ${place}`}, then launchbook new release.ipynb --release 1.1.0 --env staging`
  );
  return EXIT.passed;
}
