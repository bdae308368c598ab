// The same cells through the installed tslab package and through this kernel: values, prints, errors and fault codes are the same,
// but for the differences that docs/compatibility.md explains.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LiveNotebook } from './live-notebook.js';
import { FILES, NOTEBOOKS } from './tslab-cells.js';

const root = resolve(import.meta.dirname, '../../../..');

interface Outcome {
  readonly faults: readonly string[];
  readonly error?: string;
  readonly shown?: string;
  readonly stdout?: string;
}

let theirs: string[][] = [];
const ours: string[][] = [];
let files: LiveNotebook;

beforeAll(async () => {
  files = new LiveNotebook(FILES);
  theirs = await askTslab(files.folder);
  for (const { cells } of NOTEBOOKS) {
    ours.push(await runHere(cells.map(codeOf)));
  }
}, 120_000);
afterAll(() => files.close());

describe.each(NOTEBOOKS.map(({ title, cells }, notebook) => ({ title, cells, notebook })))(
  'cells about $title',
  ({ cells, notebook }) => {
    test.each(cells.map((cell, index) => [codeOf(cell), cell, index] as const))(
      '%j',
      (_code, cell, index) => {
        const both = { tslab: theirs[notebook]?.[index], here: ours[notebook]?.[index] };
        expect(both).toEqual(
          typeof cell === 'string'
            ? { tslab: both.tslab, here: both.tslab }
            : { tslab: cell.tslab, here: cell.here }
        );
      }
    );
  }
);

test('every difference has its reason in docs/compatibility.md, and every reason its difference', () => {
  const headings = [
    ...readFileSync(join(root, 'docs/compatibility.md'), 'utf8').matchAll(/^### (.+)$/gm)
  ].map(match => match[1]);
  const reasons = NOTEBOOKS.flatMap(({ cells }) =>
    cells.flatMap(cell => (typeof cell === 'string' ? [] : cell.why))
  );
  expect([...new Set(reasons)].sort()).toEqual(headings.sort());
});

test('at least 100 cells are compared, and most of them are alike', () => {
  const cells = NOTEBOOKS.flatMap(notebook => notebook.cells);
  expect(cells.length).toBeGreaterThanOrEqual(100);
  expect(cells.filter(cell => typeof cell === 'string').length).toBeGreaterThan(0.75 * cells.length);
});

function codeOf(cell: (typeof NOTEBOOKS)[number]['cells'][number]): string {
  return typeof cell === 'string' ? cell : cell.code;
}

async function askTslab(folder: string): Promise<string[][]> {
  const child = spawn(process.execPath, [join(root, 'tests/fixtures/language/tslab-oracle.mjs')], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit']
  });
  child.stdin.end(JSON.stringify(NOTEBOOKS.map(({ cells }) => cells.map(codeOf))));
  const outcomes = JSON.parse(await text(child.stdout)) as Outcome[][];
  return outcomes.map(cells => cells.map(describeOutcome));
}

async function runHere(cells: readonly string[]): Promise<string[]> {
  const notebook = new LiveNotebook(FILES);
  try {
    await notebook.start();
    const outcomes: string[] = [];
    for (const code of cells) {
      outcomes.push(describeOutcome(await notebook.run(code)));
    }
    return outcomes;
  } finally {
    await notebook.close();
  }
}

function describeOutcome({ faults, error, shown, stdout }: Outcome): string {
  const parts = [
    faults.length > 0 ? `does not run: ${faults.join(' ')}` : '',
    stdout ? `prints ${JSON.stringify(stdout)}` : '',
    error ? `throws ${error}` : '',
    shown === undefined ? '' : `shows ${shown}`
  ].filter(part => part !== '');
  return parts.join(', ') || 'is silent';
}
