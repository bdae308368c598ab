// examples/release.ipynb: phases as a release has them, each change with its way back. What every example has: every-example.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { textOf } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';
import { loadProfile } from '../../record/profile/load-profile.js';
import { ROOT } from './start-fleet.js';

const PATH = join(ROOT, 'examples', 'release.ipynb');
const notebook = JSON.parse(readFileSync(PATH, 'utf8')) as Notebook;
const codeCells = notebook.cells.filter(cell => cell.cell_type === 'code');

describe('the release runbook', () => {
  test('has the phases of a release, with one hold point', () => {
    const outline = readOutline(notebook.cells);
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
