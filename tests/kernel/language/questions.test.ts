// Completion and inspection, answered by the real language server.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Completions } from '../../../kernel/core/ports/ports.js';
import { CellByCell } from './cell-by-cell.js';

let cells: CellByCell;
beforeAll(async () => {
  cells = new CellByCell();
  await cells.session.start();
  await cells.valueOf(
    '/** What is released. */\nconst release = { version: "1.2.3", services: ["web"] }',
    '/** How many are left. */\nlet lastOne = 5',
    'interface Service { port: number }',
    'function restart(name: string): void {}'
  );
});
afterAll(() => cells.close());

// `|` is the cursor.
const COMPLETIONS: readonly (readonly [string, string, readonly string[]])[] = [
  ['a global', 'conso|', ['console']],
  ['members of a value of an earlier cell', 'release.|', ['services', 'version']],
  ['members by their beginning', 'release.ver|', ['version']],
  ['in the middle of a text', 'const a = release.ser| ; a', ['services']],
  ['a name of an earlier cell', 'restar|', ['restart']],
  ['a name of this cell before one of an earlier one', 'const release = { other: 1 }; release.|', ['other']],
  ['a helper', 'htt|', ['http']],
  ['members of a helper', 'http.|', ['get']],
  ['members of what a helper returns', '(await $`ls`).std|', ['stdout']],
  ['names of the helper library', 'import { CheckF| } from "launchbook"', ['CheckFailedError']],
  ['inside a template that is not closed', '`version ${release.ver|', ['version']],
  ['inside a call that is not closed', 'restart(release.ver|', ['version']],
  ['a type of an earlier cell', 'const s: Servi|', ['Service']],
  ['keys of an object literal', 'const s: Service = { po| }', ['port']],
  ['after a character of two code units', '"🚀" + release.ver|', ['version']],
  ['another case of letters when there is no exact match', 'RELEAS|', ['release']]
];

describe('completion of', () => {
  test.each(COMPLETIONS)('%s', async (_title, marked, texts) => {
    expect((await complete(marked)).items.map(item => item.text).sort()).toEqual(texts);
  });
});

test('completions know what they replace and what they are', async () => {
  expect(await complete('f(); release.ver|')).toEqual({
    start: 13,
    end: 16,
    items: [{ text: 'version', type: 'field' }]
  });
});

const INSPECTIONS: readonly (readonly [string, string, readonly string[]])[] = [
  ['a name of an earlier cell', 'release|', ['const release', 'version: string', 'What is released.']],
  ['a name from its middle', 'rel|ease.version', ['const release']],
  ['a member', 'release.vers|ion', ['version: string']],
  ['a let of an earlier cell', 'lastO|ne', ['let lastOne: number', 'How many are left.']],
  ['a helper with its documentation', '$|', ['Runs a command in a shell.']],
  ['the function whose call is open', 'restart(|', ['restart(name: string): void']],
  ['the function of a finished call', 'http.get("x"|)', ['get(url: string)', 'Fetches a page.']],
  ['what Node has', 'process.cw|d', ['cwd(): string']]
];

describe('inspection of', () => {
  test.each(INSPECTIONS)('%s', async (_title, marked, parts) => {
    const bundle = await inspect(marked, 1);
    for (const part of parts) {
      expect(bundle?.['text/plain']).toContain(part);
      expect(bundle?.['text/markdown']).toContain(part);
    }
    expect(bundle?.['text/plain']).not.toContain('```');
  });
});

test('detail 0 is the first paragraph, detail 1 is everything', async () => {
  expect((await inspect('http.get|', 0))?.['text/plain']).not.toContain('Repeats it');
  expect((await inspect('http.get|', 1))?.['text/plain']).toContain('Repeats it when the service is busy.');
});

test.each(['nobodyKnows|', '  |', '1 + |', '|'])('nothing is known about %j', async marked => {
  expect(await inspect(marked, 1)).toBeNull();
});

test('questions are answered while a cell is being checked', async () => {
  const [prepared, completions] = await Promise.all([
    cells.session.prepare('p', 'const slow = release.version'),
    complete('release.ver|')
  ]);
  expect(prepared.diagnostics).toEqual([]);
  expect(completions.items).toHaveLength(1);
});

function complete(marked: string): Promise<Completions> {
  return cells.session.complete(marked.replace('|', ''), marked.indexOf('|'));
}

function inspect(marked: string, detail: 0 | 1): ReturnType<typeof cells.session.inspect> {
  return cells.session.inspect(marked.replace('|', ''), marked.indexOf('|'), detail);
}
