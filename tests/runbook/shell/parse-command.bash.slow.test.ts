// Whatever `$` accepts has exactly the arguments that bash gives: commands made by chance, read by both.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readCommand } from '../../../runbook/shell/parse-command.js';
import { makeRandom } from '../../random.js';
import { temporaryFolder } from '../temporary-folder.js';

const SEED = 20_261_129;
const COMMANDS = 8000;
const VALUES = ['', 'x', 'two words', '*', '$HOME', "it's", '#', '~', '"', '\\', '{a,b}', 'a\nb'];

/** A piece of a raw template; numbers are values. */
const PIECES: readonly (string | number)[] = [
  ...'abc019 *?[]{}~!#$%^&|;<>()=+-_.,:/@"\'\\'.split(''),
  ...[' ', ' ', ' ', '\t', '\n', '\\\n', '\\`', '\\${', '\\$', '\\"', "\\'", '\\\\', '\\ ', '\\*', '\\é'],
  ...[
    'A=',
    '..',
    '{}',
    '{a}',
    '{a,b}',
    '[ab]',
    '[]',
    '[!]',
    '~root',
    '~/',
    '$HOME',
    '$(',
    "$'",
    '$"',
    '""',
    "''"
  ],
  ...[
    "'a b'",
    '"a b"',
    '--x=',
    'é',
    '“',
    '–',
    '\u00a0',
    '\u200b',
    '\u2003',
    '😀',
    '!',
    ' ! ',
    ' # ',
    '<<',
    '2>'
  ],
  ...VALUES.map((_, index) => index)
];

// Files that patterns would find, so that a pattern never stays as it is.
const folder = temporaryFolder();
['a', 'b', 'ab', 'c', 'x', '0', '1', 'é', '.a', 'a.b'].forEach(name => writeFileSync(join(folder, name), ''));

test('accepted commands have the arguments of bash', () => {
  const random = makeRandom(SEED);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const accepted: { readonly raw: string; readonly text: string; readonly args: readonly string[] }[] = [];
  for (let count = 0; count < COMMANDS; count++) {
    const pieces = Array.from({ length: 1 + Math.floor(random() * 7) }, () => pick(PIECES));
    const { raw, values } = templateOf(['f ', ...pieces]);
    const { args, faults } = readCommand(Object.assign([...raw], { raw }), values);
    if (faults.length === 0) {
      accepted.push({ raw: JSON.stringify(pieces), text: scriptOf(raw, values), args });
    }
  }
  expect(accepted.length).toBeGreaterThan(COMMANDS / 20);
  const said = inBash(accepted.map(({ text }) => text));
  const wrong = accepted.flatMap(({ raw, text, args }, index) =>
    JSON.stringify(said[index]) === JSON.stringify(args.slice(1))
      ? []
      : [{ raw, text, args, bash: said[index] }]
  );
  expect(wrong).toEqual([]);
});

function templateOf(pieces: readonly (string | number)[]): { raw: string[]; values: string[] } {
  const raw = [''];
  const values: string[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      raw[raw.length - 1] += piece;
    } else {
      raw.push('');
      values.push(VALUES[piece]!);
    }
  }
  // JavaScript would read a last backslash as an escape of what follows it.
  return { raw: raw.map(text => (/(?<!\\)(?:\\\\)*\\$/.test(text) ? `${text} ` : text)), values };
}

/** The script that the author had in mind: without the backslashes that JavaScript wants, and with each value as bash keeps one whole. */
function scriptOf(raw: readonly string[], values: readonly string[]): string {
  let quote: string | null = null;
  let script = '';
  raw.forEach((text, index) => {
    const parts = text.match(/\\[^]|[^]/gu) ?? [];
    parts.forEach((part, position) => {
      const isOfJavaScript = part === '\\`' || (part === '\\$' && parts[position + 1] === '{');
      script += quote === "'" && isOfJavaScript ? part.slice(1) : part;
      if (quote === "'" ? part.endsWith("'") : part === quote) {
        quote = null;
      } else if (quote === null && (part === '"' || part === "'")) {
        quote = part;
      }
    });
    if (index < values.length) {
      const value = `'${values[index]!.replaceAll("'", `'\\''`)}'`;
      script = quote === null ? plainDollar(script) + value : `${script}${quote}${value}${quote}`;
    }
  });
  return script;
}

/** A $ before a value is the character, not the beginning of $'…'. */
function plainDollar(script: string): string {
  return script.replace(/(?<!\\)((?:\\\\)*)\$((?:\\\n)*)$/, '$1\\$$$2');
}

function inBash(scripts: readonly string[]): string[][] {
  const program = scripts
    .map(script => `(eval ${`'${script.replaceAll("'", `'\\''`)}'`}) 2>/dev/null; printf 'END\\0'`)
    .join('\n');
  const file = join(folder, '.script');
  writeFileSync(file, `f() { [ $# = 0 ] || printf '%s\\0' "$@"; }\n${program}`);
  const text = execFileSync('bash', [file], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28
  });
  return text
    .split('END\0')
    .slice(0, -1)
    .map(part => part.split('\0').slice(0, -1));
}
