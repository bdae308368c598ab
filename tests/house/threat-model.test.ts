// The threat model of docs/security.md: it speaks of everybody who might cheat, and each of its lines names tests that are there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './root.js';

const PEOPLE = [
  'The author of a runbook',
  'The driver',
  'A watcher',
  'An approver',
  'A colleague with write access to the repository',
  'A stranger on the network',
  'A compromised package in a cell'
];

const text = readFileSync(join(root, 'docs/security.md'), 'utf8');
const model = text.slice(text.indexOf('## Threat model'), text.indexOf('### Out of reach'));
const sections = new Map(
  model
    .split(/^### /m)
    .slice(1)
    .map(section => [section.split('\n', 1)[0]!, section])
);

/** The rows of a table without its head, each as its cells. */
function rowsOf(section: string): string[][] {
  return section
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line =>
      line
        .slice(1, -1)
        .split('|')
        .map(cell => cell.trim())
    );
}

test('it speaks of everybody who might cheat', () => {
  expect([...sections.keys()]).toEqual(PEOPLE);
  expect([...sections.values()].filter(section => rowsOf(section).length === 0)).toEqual([]);
});

test.each(
  [...sections].flatMap(([who, section]) => rowsOf(section).map(row => ({ who, row, wish: row[0] })))
)('$who: “$wish” is stopped or noticed, and its tests are there', ({ row }) => {
  const [, stopped = '', noticed = '', tests = ''] = row;
  expect(row).toHaveLength(4);
  expect(stopped + noticed).not.toBe('');
  const files = [...tests.matchAll(/`(tests\/[^`]+)`/g)].map(([, file]) => file!);
  expect(files).not.toEqual([]);
  expect(files.filter(file => !existsSync(join(root, file)))).toEqual([]);
});
