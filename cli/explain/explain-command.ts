// `launchbook explain`: what an error means, why it comes and what to do, from the pages of the documentation.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { EXIT } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { errorPages, type ErrorPage } from './error-pages.js';

/** Where the pages lie in the product, seen from lib/cli/explain. */
export const PAGES = join(
  dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))),
  'docs',
  'errors'
);

interface ExplainOptions {
  readonly json?: boolean;
}

export function addExplainCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('explain')
    .summary('tell what an error means and what to do')
    .description(
      'Says what has happened, why, and what to do. The code stands in the last line of an error, in findings of verify, and in the journal. Without a code all are listed; a word before the dot lists those of its area.'
    )
    .argument('[code]', 'for example hold.locked')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook explain hold.locked
  launchbook explain journal            every code of the journal
  launchbook explain                    every code

Exit codes: 0 told, 2 there is no such code.`
    )
    .action((code: string | undefined, options: ExplainOptions) => {
      explain(code, options, terminal);
      finish(EXIT.passed);
    });
}

function explain(code: string | undefined, options: ExplainOptions, terminal: Terminal): void {
  const pages = errorPages(PAGES);
  const found = pages.filter(
    page => code === undefined || page.code === code || page.code.startsWith(`${code}.`)
  );
  if (found.length === 0) {
    const known = pages.map(page => page.code);
    throw new UsageError(
      `There is no error with the code ${JSON.stringify(code)}.${didYouMean(code!, known)}`,
      'launchbook explain lists all codes.'
    );
  }
  if (options.json) {
    terminal.say(
      JSON.stringify({ errors: found.map(({ code, what, why, todo }) => ({ code, what, why, todo })) })
    );
  } else if (found.length === 1) {
    tell(found[0]!, terminal);
  } else {
    const width = Math.max(...found.map(page => page.code.length));
    found.forEach(page => terminal.say(`${page.code.padEnd(width)}  ${plain(page.what)}`));
  }
}

function tell({ code, what, why, todo }: ErrorPage, terminal: Terminal): void {
  [code, plain(what), `Why: ${plain(why)}`, `What to do: ${plain(todo)}`].forEach(line => terminal.say(line));
}

/** Markdown of a page as a terminal shows it: commands as they are typed, without marks. */
function plain(text: string): string {
  return text
    .replace(/``(.+?)``(?!`)|`([^`]+)`/g, (_, long?: string, short?: string) => long?.trim() ?? short!)
    .replace(/(?<!\w)_(.+?)_(?!\w)/g, '$1');
}
