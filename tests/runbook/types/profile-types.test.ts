// Variables and parameters of launchbook.yml have their types in cells, so that helpers take them without casts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LibrarySession } from './library-session.js';

const session = new LibrarySession({
  vars: { ordersUrl: 'string', shards: 'number', mixed: 'string | number' },
  parameters: { kind: '"rc" | "final"', batchSize: 'number' }
});
beforeAll(() => session.start());
afterAll(() => session.close());

describe('environment', () => {
  test.each([
    '$({ cwd: environment.vars.ordersUrl })`true`',
    'await http.get(environment.vars.ordersUrl).text()',
    'const text: string = environment.vars.ordersUrl; const count: number = environment.vars.shards',
    "const isFinal = environment.parameters.kind === 'final'; const n: number = environment.parameters.batchSize",
    "import { environment as other } from 'launchbook'; const url: string = other.vars.ordersUrl",
    "const name: string = 'any'; const value: string | number | boolean = environment.vars[name]!",
    'const rest: string | number | boolean = environment.vars.notInTheFile'
  ])('%s has no fault', async code => {
    expect(await session.faultsOf(code)).toEqual([]);
  });

  test.each([
    ['$({ cwd: environment.vars.shards })`true`', 'TS2769'],
    ['const text: string = environment.vars.mixed', 'TS2322'],
    ["environment.parameters.kind === 'beta'", 'TS2367']
  ])('%s is %s', async (code, fault) => {
    expect((await session.faultsOf(code)).map(({ code: found }) => found)).toEqual([fault]);
  });

  test('offers the names', async () => {
    expect(await session.completionsAt('environment.vars.|')).toEqual(
      expect.arrayContaining(['mixed', 'ordersUrl', 'shards'])
    );
  });
});
