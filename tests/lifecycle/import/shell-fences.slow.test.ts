// Blocks of shell made at random: every letter is in a cell, and the arguments of every command are those that bash itself reads.
import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { checkArguments } from '../../../lifecycle/import/check/check-arguments.js';
import { checkCover } from '../../../lifecycle/import/check/check-cover.js';
import { commandsOfCell } from '../../../lifecycle/import/check/run-dry.js';
import { mapDocument } from '../../../lifecycle/import/map/map-document.js';
import { lineOfFile } from '../../../lifecycle/import/document/source.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';

const FENCES = rounds({ inTest: 25, inProof: 2000 });
const random = makeRandom(21);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const many = <T>(most: number, make: () => T): T[] =>
  Array.from({ length: 1 + Math.floor(random() * most) }, make);

const LETTERS = [
  'a',
  'Z',
  '7',
  'é',
  'ß',
  '漢',
  '🙂',
  '.',
  '/',
  '=',
  ':',
  ',',
  '@',
  '%',
  '+',
  '_',
  '-',
  ' ',
  "'",
  '"',
  '\\',
  '$',
  '`',
  '#',
  '*',
  '&',
  '|',
  ';',
  '<',
  '(',
  '{'
];
const PLAIN = ['pods', '-n', '--all', 'a/b.c', 'k=v', 'x:y', 'größe', 'a#b', '--level=3', '%s', 'p@q', '{}'];

/** A word as a person would write it. */
function word(): string {
  const value = many(6, () => pick(LETTERS)).join('');
  switch (Math.floor(random() * 5)) {
    case 0:
      return `'${value.replaceAll("'", "'\\''")}'`;
    case 1:
      return `"${value.replace(/["\\$`]/g, sign => `\\${sign}`)}"`;
    case 2:
      return `${pick(PLAIN)}'${value.replaceAll("'", '')}'"b c"`;
    case 3:
      return value.replace(/[^\w./=:,@%+-]/g, sign =>
        /[A-Za-z0-9\u0080-\u{10FFFF}]/u.test(sign) ? sign : `\\${sign}`
      );
    default:
      return pick(PLAIN);
  }
}

function call(): string {
  const words = many(5, word);
  return ['probe', ...words].join(random() < 0.15 ? ' \\\n  ' : ' ');
}

/** A statement, and the calls in it that can be compared one by one with bash; half of the blocks have none that needs a shell. */
function statement(isDirect: boolean): { readonly text: string; readonly calls: readonly string[] } {
  const [a, b] = [call(), call()];
  const kinds = isDirect ? [0, 1, 2, 3, 4, 7, 8, 10] : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  switch (pick(kinds)) {
    case 0:
      return { text: `${a} | ${b}`, calls: [a, b] };
    case 1:
      return { text: `${a} &&\n  ${b}`, calls: [a, b] };
    case 2:
      return { text: `${a} # ${pick(['note', 'it is "half', 'größe $x `y`'])}`, calls: [a] };
    case 3:
      return { text: `# before ${pick(PLAIN)}\n${a}`, calls: [a] };
    case 4:
      return {
        text: `cat <<'END'\n${many(3, () => many(8, () => pick(LETTERS)).join('')).join('\n')}\nEND`,
        calls: []
      };
    case 5:
      return { text: `for item in one two; do\n  ${a.replace(/\n/g, '')}\ndone`, calls: [] };
    case 6:
      return { text: `${a} > out.txt 2>&1`, calls: [] };
    case 7:
      return { text: `${a}; ${b}`, calls: [a, b] };
    case 10: {
      const name = pick(['NAME', 'RELEASE', 'CLASS', 'name']);
      const used = `${name}=${word()}\nprobe ${pick([`$${name}`, `"$${name}"`, `a\${${name}}b`])}`;
      return { text: used, calls: [used] };
    }
    default:
      return { text: a, calls: [a] };
  }
}

/** The words that bash reads, program first. */
function wordsOfBash(calls: readonly string[]): string[][] {
  const script = `probe() { printf '%s\\0' probe "$@"; printf '\\1\\0'; }\n${calls.join('\n')}`;
  const { stdout, stderr, error } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect([stderr, error, script]).toEqual(['', undefined, script]);
  return stdout
    .split('\x01\0')
    .slice(0, -1)
    .map(part => part.split('\0').slice(0, -1));
}

test(`${FENCES} blocks: nothing lost, no argument different`, async () => {
  let direct = 0;
  for (let count = 0; count < FENCES; count++) {
    const isDirect = random() < 0.5;
    const statements = many(5, () => statement(isDirect));
    const isIndented = random() < 0.3;
    const fence = `~~~sh\n${statements.map(({ text }) => text).join('\n')}\n~~~`;
    const markdown = `# Title\n\n## Phase\n\nSome text.\n\n${isIndented ? `1. Do it:\n\n${fence.replace(/^/gm, '   ')}\n\n   Then look.` : fence}\n`;
    const source = {
      name: 'a.md',
      format: 'markdown',
      markdown,
      placeOf: lineOfFile,
      words: null,
      notes: [],
      pictures: []
    };
    const mapped = await mapDocument(source);
    const told = { markdown, report: mapped.report.map(({ text }) => text) };
    expect({ ...told, faults: checkCover(source, mapped) }).toEqual({ ...told, faults: [] });
    expect({ ...told, faults: (await checkArguments(mapped)).faults }).toEqual({ ...told, faults: [] });
    const step = mapped.cells.find(({ kind, tags }) => kind === 'code' && !tags.includes('parameters'))!;
    const values = new Map(mapped.placeholders.all.map(({ name, written }) => [name, written]));
    const made = commandsOfCell(step.source, values);
    if (/^const script/m.test(step.source)) {
      expect(made[0]!.stages[0]!.slice(0, 2)).toEqual(['bash', '-ceu']);
      const isFilled = mapped.placeholders.all.some(({ kind }) => kind !== 'host');
      expect(isFilled ? '' : made[0]!.stages[0]![2]).toBe(
        isFilled
          ? ''
          : statements
              .map(({ text }) => text)
              .join('\n')
              .trim()
      );
    } else if (!step.source.includes('await checklist(')) {
      direct++;
      const calls = statements.flatMap(each => each.calls);
      const probes = made.flatMap(({ stages }) => stages).filter(([program]) => program === 'probe');
      expect({ cell: step.source, markdown, words: probes }).toEqual({
        cell: step.source,
        markdown,
        words: wordsOfBash(calls)
      });
    }
  }
  expect(direct).toBeGreaterThan(FENCES / 8);
}, 3_600_000);
