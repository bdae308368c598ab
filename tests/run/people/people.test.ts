import { expect, test } from '@jest/globals';
import { Hub } from '../../../run/people/hub.js';
import { People } from '../../../run/people/people.js';
import { makeSampleRun } from '../sample-run.js';

const ANN = { username: 'ann', name: 'Ann Lee' };

test('the first attempt is of the person of the page, although its cell is faster than its comm', async () => {
  const sample = makeSampleRun();
  const { gate, people, cellOf, journal, end } = sample;
  const admitted = gate.admit(cellOf('look', undefined, { session: 'page-1', isFromPage: true }));
  await new Promise(resolve => setImmediate(resolve));
  people.introduce('page-1', ANN, 'page');
  expect(await admitted).toEqual({ refusal: null });
  const kinds = journal.records.filter(({ kind }) => kind === 'driver-changed' || kind === 'attempt-started');
  expect(kinds).toMatchObject([
    { kind: 'driver-changed', by: { username: 'ann' }, client: 'page' },
    { kind: 'attempt-started', by: { username: 'ann' }, client: 'page' }
  ]);
  end();
});

test('the driver on a page that was reloaded is not taken for a stranger', async () => {
  const { gate, people, cellOf, admit, end } = makeSampleRun();
  people.introduce('page-1', ANN, 'page');
  await admit('look', undefined, { session: 'page-1' });
  const again = gate.admit(cellOf('look', undefined, { session: 'page-2', isFromPage: true }));
  await new Promise(resolve => setImmediate(resolve));
  people.introduce('page-2', ANN, 'page reloaded');
  expect(await again).toEqual({ refusal: null });
  end();
});

test('a page that never says its user is waited for once, and not for ever', async () => {
  const people = new People(new Hub({ environment: {} }), 1);
  const page = { session: 'page-1', isFromPage: true };
  await people.arrived(page);
  await people.arrived(page);
  expect(people.of('page-1').username).toBe(people.owner.username);
});

test('other clients are not waited for', async () => {
  const people = new People(new Hub({ environment: {} }), 2 ** 31 - 1);
  await people.arrived({ session: 'console' });
  people.introduce('page-1', ANN);
  await people.arrived({ session: 'page-1', isFromPage: true });
});
