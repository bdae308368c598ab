// Whether a cell above declares a name.
import { expect, test } from '@jest/globals';
import { declaresName } from '../../../labextension/diagnostics/declared-names.js';

test.each([
  'const release = 1',
  'let x = 1;\nvar release',
  'const { release } = info',
  'const { version: release, other } = info',
  'const [first, release] = list',
  'function release() {}',
  'async function release() {}',
  'class release {}',
  'interface release { a: 1 }',
  'type release = string',
  'enum release { A }',
  "import release from './release'",
  "import { other, release } from './release'",
  "import * as release from './release'",
  'export const release = 1',
  'const other = 1, release = 2'
])('%s declares it', source => {
  expect(declaresName(source, 'release')).toBe(true);
});

test.each([
  'release = 1',
  'use(release)',
  'const released = 1',
  'const other = release',
  '// const release = 1',
  '/* const release = 1 */',
  '"const release = 1"',
  'const $release = 1'
])('%s does not', source => {
  expect(declaresName(source, 'release')).toBe(false);
});

test('a name with a dollar sign is taken as it is', () => {
  expect(declaresName('const $a = 1', '$a')).toBe(true);
  expect(declaresName('const a = 1', '$a')).toBe(false);
});

test('what is no name is declared nowhere', () => {
  expect(declaresName('const a = 1', '.*')).toBe(false);
});
