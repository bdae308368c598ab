// examples/release.ipynb as a template: valid, without traces of a run, prose before every step, phases as a release has them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { outlineOf, textOf } from '../../contract/outline.js';
import { loadProfile } from '../../runbook/environment/load-profile.js';
import { ROOT } from './start-fleet.js';

interface Cell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown';
  readonly metadata: { readonly tags?: readonly string[] };
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
}

interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

const PATH = join(ROOT, 'examples', 'release.ipynb');
const notebook = JSON.parse(readFileSync(PATH, 'utf8')) as Notebook;
const codeCells = notebook.cells.filter(cell => cell.cell_type === 'code');

describe('the release runbook', () => {
  test('is nbformat 4.5 for the Launchbook kernel', () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata['kernelspec']).toEqual({
      name: 'launchbook',
      display_name: 'TypeScript (Launchbook)',
      language: 'typescript'
    });
  });

  test('is a template: no outputs, no counts, no run', () => {
    expect(notebook.metadata).not.toHaveProperty('launchbook');
    for (const cell of codeCells) {
      expect([cell.id, cell.outputs, cell.execution_count]).toEqual([cell.id, [], null]);
    }
  });

  test('gives every cell a unique, readable id', () => {
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });

  test('has the phases of a release, with one hold point', () => {
    const outline = outlineOf(notebook.cells);
    expect(outline.title).toBe('Release of the tea shop');
    expect(outline.phases.map(({ title }) => title)).toEqual([
      'Preparation',
      'Schema update',
      'Data validation',
      'First batch',
      'QA sign-off',
      'Second batch',
      'Verification',
      'Closing checklist'
    ]);
    const holds = outline.phases.flatMap(({ title, steps }) =>
      steps.flatMap(step => step.holds.map(hold => `${title}: ${hold}`))
    );
    expect(holds).toEqual(['QA sign-off: QA sign-off']);
  });

  test('explains every step in prose before it and keeps the step short', () => {
    for (const [index, cell] of notebook.cells.entries()) {
      if (cell.cell_type === 'code') {
        expect([cell.id, notebook.cells[index - 1]?.cell_type]).toEqual([cell.id, 'markdown']);
        expect([cell.id, cell.source.length <= 9]).toEqual([cell.id, true]);
      }
    }
  });

  test('names its steps by headings, so that lists of steps read as sentences', () => {
    const titles = outlineOf(notebook.cells).phases.flatMap(({ steps }) => steps.map(({ title }) => title));
    expect(titles.filter(title => /[$;(]/.test(title))).toEqual([]);
    expect(titles).toHaveLength(codeCells.length);
  });

  test('declares its parameters in the first step, tagged `parameters`', () => {
    expect(codeCells[0]?.metadata.tags).toEqual(['parameters']);
    expect(textOf(codeCells[0]?.source ?? '')).toContain("const release = '2.4.0';");
    expect(codeCells.slice(1).some(cell => cell.metadata.tags?.includes('parameters'))).toBe(false);
  });

  test('registers a way back before every step that changes the fleet', () => {
    const changing = codeCells
      .map(cell => textOf(cell.source))
      .filter(source => /fleetctl (deploy|migrate(?!.*--dry-run))/.test(source));
    expect(changing).toHaveLength(3);
    for (const source of changing) {
      expect(source.indexOf('await rollback(')).toBe(0);
    }
  });
});

test.each([
  ['staging', false],
  ['production', true]
])('launchbook.yml resolves %s with the variables of a fleet', (name, isProduction) => {
  const environment = {
    FLEET_CATALOG_URL: 'http://127.0.0.1:4001',
    FLEET_ORDERS_URL: 'http://127.0.0.1:4002',
    FLEET_PAYMENTS_URL: 'http://127.0.0.1:4003',
    FLEET_SEARCH_URL: 'http://127.0.0.1:4004',
    FLEET_SEARCH_TOKEN: 'a-token',
    FLEET_STATE: '/srv/fleet'
  };
  const folder = join(ROOT, 'examples');
  const profile = loadProfile({ folder, run: { environment: name, mode: 'live' }, environment });
  expect(profile).toMatchObject({
    name,
    isProduction,
    vars: {
      catalogUrl: 'http://127.0.0.1:4001',
      ordersUrl: 'http://127.0.0.1:4002',
      paymentsUrl: 'http://127.0.0.1:4003',
      shopDatabase: '/srv/fleet/shop.sqlite'
    },
    splunk: { url: 'http://127.0.0.1:4004', web: 'http://127.0.0.1:4004', token: 'a-token', index: 'fleet' }
  });
});
