// An archived notebook is small enough for GitHub, whatever its cells have printed.
import { expect, test } from '@jest/globals';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { canonicalNotebook } from '../../../lifecycle/archive/canonical-notebook.js';
import { capOutputs } from '../../../lifecycle/archive/output-cap.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';

const LARGEST_BYTES = 1_000_000;

function printed(cells: number, text: string): Notebook {
  return canonicalNotebook({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: Array.from({ length: cells }, (_, index) => ({
      id: `c${index}`,
      cell_type: 'code',
      metadata: {},
      source: 'await $`deploy`',
      execution_count: 1,
      outputs: [{ output_type: 'stream', name: 'stdout', text: [text] }]
    }))
  });
}

test.each<[string, number, string]>([
  ['2 MiB of NULs', 1, '\0'.repeat(2 * 1024 ** 2)],
  ['NULs in each of 300 cells', 300, '\0'.repeat(2000)],
  ['empty lines in each of 300 cells', 300, '\n'.repeat(1500)],
  ['escapes and other scripts in each of 300 cells', 300, '\x1b[0m€😀"\\\n'.repeat(400)],
  ['long lines in each of 300 cells', 300, 'x'.repeat(8000)],
  ['one line in each of 900 cells', 900, `${'x'.repeat(2000)}\n`]
])('%s', (_what, cells, text) => {
  const { notebook, cut } = capOutputs(printed(cells, text), 20_000);
  const saved = notebookText(notebook);
  expect(Buffer.byteLength(saved)).toBeLessThanOrEqual(LARGEST_BYTES - 20_000);
  expect(cut).toHaveLength(cells);
  expect(saved).toContain('left out of the archive');
  expect(saved).not.toContain('\uFFFD');
});

test('what fits stays as it is', () => {
  const before = printed(3, 'line\n'.repeat(100));
  expect(capOutputs(before, 20_000)).toEqual({ notebook: before, cut: [] });
});
