// `launchbook import`: makes a runbook of a document that a team has.
import type { Command } from 'commander';
import { formatCount } from '../../contract/base/format.js';
import type { FileImport } from '../../lifecycle/import/file/import-file.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { shownPath } from '../shown-path.js';
import type { Call, Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface ImportOptions {
  readonly as?: string;
  readonly out?: string;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function addImportCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('import')
    .summary('make a runbook of a document that you have')
    .description(
      'Makes a notebook of a document: headings become phases, blocks of shell become steps, boxes become checklists, every word of text is kept. What is guessed is tagged in its cell and listed in the report, NAME.import.md beside the notebook; production refuses a run while a guess is left. The arguments of every command are compared with what a shell would read. Nothing is run or fetched.'
    )
    .argument(
      '<files...>',
      'Markdown, a template, an issue form, a Python notebook, a wiki page, HTML, .docx'
    )
    .option('--as <format>', 'the format, when the name of the file does not say it')
    .option('--out <notebook>', 'the notebook, for one file (default: beside the file, with .ipynb)')
    .option('--check', 'write nothing; say whether it can be imported, and what would be guessed')
    .option('--force', 'replace a notebook that is there')
    .option('--json', 'print one JSON object for each file')
    .addHelpText(
      'after',
      `
Examples:
  launchbook import deploy.md                     writes deploy.ipynb and deploy.import.md
  launchbook import docs/*.md --check             writes nothing
  launchbook import .github/ISSUE_TEMPLATE/release.yml --out release.ipynb
  launchbook import page.xml                      Confluence: the page menu, View Storage Format, saved as a file
  launchbook import deploy.md --force             after the document was edited; git shows what has changed
  launchbook import deploy.md --json | jq '.lines[] | select(.grade == "guessed")'

Exit codes: 0 imported, 2 called wrongly, or a document that cannot be imported; nothing was written then.`
    )
    .action(async (files: string[], options: ImportOptions) =>
      finish(await importAll(files, options, terminal))
    );
}

async function importAll(
  files: readonly string[],
  options: ImportOptions,
  terminal: Terminal
): Promise<ExitCode> {
  if (options.out !== undefined && files.length > 1) {
    throw new UsageError(`--out names one notebook, and ${files.length} files are to be imported.`);
  }
  // Loaded here, because the help of all commands needs no parser.
  const { importFile } = await import('../../lifecycle/import/file/import-file.js');
  for (const file of files) {
    const imported = await importFile({
      file,
      format: options.as ?? null,
      out: options.out ?? null,
      force: options.force ?? false,
      check: options.check ?? false
    });
    tell(imported, options, terminal);
  }
  return EXIT.passed;
}

function tell(imported: FileImport, { check, json }: ImportOptions, terminal: Terminal): void {
  const { file, format, path, reportPath, head, counts, lines, commands, report } = imported;
  if (json) {
    terminal.say(JSON.stringify({ file, format, path: check ? null : path, counts, commands, lines }));
    return;
  }
  if (check) {
    terminal.write(report);
    terminal.say(
      `Proven: every word is in a cell, ${formatCount(commands, 'command')} with the arguments of the source, twice the same.`
    );
    return;
  }
  terminal.say(shownPath(path));
  terminal.note(`${file}: ${head}.`);
  terminal.note(`What to look at: ${shownPath(reportPath)}. Next: launchbook lint ${shownPath(path)}`);
}
