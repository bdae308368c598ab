// Every notebook of examples/ as a template: valid, without traces of a run, as Jupyter saves it, and a runbook that a person can follow.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { textOf } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';
import { canonicalNotebook } from '../../lifecycle/archive/canonical-notebook.js';
import { lintFile } from '../../lifecycle/lint/lint-file.js';
import { notebookText } from '../../lifecycle/notebook/notebook-text.js';
import { ROOT } from './start-fleet.js';

/** A person reads the whole step without scrolling, in a window beside the phases sidebar. */
const MOST_LINES = 20;
const MOST_COLUMNS = 110;

interface Cell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown';
  readonly metadata: { readonly tags?: readonly string[] };
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
}

const FOLDER = join(ROOT, 'examples');
const NAMES = readdirSync(FOLDER).filter(name => name.endsWith('.ipynb'));

test('there are five examples, and examples/README.md has a line for each', () => {
  expect(NAMES).toHaveLength(5);
  const page = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  expect(NAMES.filter(name => !page.includes(`| [${name}](${name})`))).toEqual([]);
});

describe.each(NAMES)('%s', name => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const notebook = JSON.parse(text) as Notebook & { readonly cells: readonly Cell[] };
  const cells = notebook.cells as readonly Cell[];
  const codeCells = cells.filter(cell => cell.cell_type === 'code');

  test('is nbformat 4.5 for the Launchbook kernel, as Jupyter itself would save it', () => {
    expect(notebook).toMatchObject({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {
        kernelspec: { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' }
      }
    });
    expect(notebookText(canonicalNotebook(notebook))).toBe(text);
  });

  test('is a template: no outputs, no counts, no run', () => {
    expect(notebook.metadata).not.toHaveProperty('launchbook');
    for (const cell of codeCells) {
      expect([cell.id, cell.outputs, cell.execution_count]).toEqual([cell.id, [], null]);
    }
  });

  test('gives every cell a unique, readable id', () => {
    const ids = cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter(id => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  test('explains every step in prose before it and keeps the step short and narrow', () => {
    for (const [index, cell] of cells.entries()) {
      if (cell.cell_type === 'code') {
        expect([cell.id, cells[index - 1]?.cell_type]).toEqual([cell.id, 'markdown']);
        expect([cell.id, cell.source.length <= MOST_LINES]).toEqual([cell.id, true]);
        expect([cell.id, cell.source.filter(line => line.trimEnd().length > MOST_COLUMNS)]).toEqual([
          cell.id,
          []
        ]);
      }
    }
  });

  test('names its steps by headings, so that lists of steps read as sentences', () => {
    const titles = readOutline(cells).phases.flatMap(({ steps }) => steps.map(({ title }) => title));
    expect(titles.filter(title => /[$;(]/.test(title))).toEqual([]);
    expect(new Set(titles).size).toBe(codeCells.length);
  });

  test('says in every phase who does it', () => {
    const openings = cells.filter(cell => /^## /m.test(textOf(cell.source))).map(cell => textOf(cell.source));
    expect(openings.filter(opening => !/^## .+\n\n\*[^*]+\*/m.test(opening))).toEqual([]);
  });

  test('declares its parameters in the first step, tagged `parameters`', () => {
    expect(codeCells[0]?.metadata.tags).toEqual(['parameters']);
    expect(textOf(codeCells[0]?.source ?? '')).toContain('const release = ');
    expect(codeCells.slice(1).some(cell => cell.metadata.tags?.includes('parameters'))).toBe(false);
  });

  test('has nothing that `launchbook lint` finds, and switches no rule off', () => {
    expect(lintFile(join(FOLDER, name))).toMatchObject({ findings: [], off: {} });
  });
});
