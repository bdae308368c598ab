// A search is commands joined by `|`. The first one finds events and must be `search`; the others are a table.
import type { SearchCommand, Transform } from './command.ts';
import { dedup } from './commands/dedup.ts';
import { evaluate } from './commands/eval.ts';
import { fields } from './commands/fields.ts';
import { head } from './commands/head.ts';
import { rename } from './commands/rename.ts';
import { search } from './commands/search.ts';
import { sort } from './commands/sort.ts';
import { stats } from './commands/stats.ts';
import { table } from './commands/table.ts';
import { tail } from './commands/tail.ts';
import { timechart } from './commands/timechart.ts';
import { top } from './commands/top.ts';
import { where } from './commands/where.ts';
import { parseSearch, type ParsedSearch } from './parse-search.ts';
import { SearchFault } from './row.ts';

const COMMANDS: Readonly<Record<string, SearchCommand>> = {
  search,
  where,
  eval: evaluate,
  stats,
  timechart,
  sort,
  head,
  tail,
  table,
  fields,
  rename,
  top,
  dedup
};

export interface Pipeline {
  readonly find: ParsedSearch;
  readonly transforms: readonly Transform[];
}

export function parsePipeline(text: string): Pipeline {
  const [first = '', ...others] = splitAtPipes(text);
  const { name, argumentText } = splitCommand(first);
  if (first.trim() === '') throw new SearchFault('Empty search.');
  if (name !== 'search') {
    throw new SearchFault(
      Object.hasOwn(COMMANDS, name)
        ? `Error in '${name}' command: this command must not be the first; begin with search.`
        : `Unknown search command '${name}'.`
    );
  }
  return { find: parseSearch(argumentText), transforms: others.map(parseTransform) };
}

function parseTransform(text: string): Transform {
  const { name, argumentText } = splitCommand(text);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === '') throw new SearchFault('A command is missing between two pipes or after the last one.');
  if (command === undefined) throw new SearchFault(`Unknown search command '${name}'.`);
  return command(argumentText);
}

function splitCommand(text: string): { name: string; argumentText: string } {
  const [, name = '', argumentText = ''] = /^\s*([\w-]*)([\s\S]*)$/.exec(text) ?? [];
  return { name: name.toLowerCase(), argumentText };
}

// A pipe between double quotes belongs to the text there.
function splitAtPipes(text: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '[' && !isQuoted)
      throw new SearchFault('Subsearches in square brackets are not supported here.');
    if (letter === '"') isQuoted = !isQuoted;
    if (letter === '|' && !isQuoted) parts.push('');
    else parts.push(`${parts.pop()}${letter}`);
    if (letter === '\\' && isQuoted) {
      at += 1;
      parts.push(`${parts.pop()}${text.charAt(at)}`);
    }
  }
  if (isQuoted) throw new SearchFault('Unbalanced quotes.');
  return parts;
}
