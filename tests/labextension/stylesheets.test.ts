// The two lists of stylesheets: the one that JupyterLab bundles, and the one that a page links.
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../style');

test.each([
  ['index.js', /^import '\.\/(.+)';$/gm],
  ['index.css', /^@import url\('(.+)'\);$/gm]
])('%s has every stylesheet once', (list, pattern) => {
  const listed = [...readFileSync(join(folder, list), 'utf8').matchAll(pattern)].map(match => match[1]);
  const there = readdirSync(folder).filter(name => name.endsWith('.css') && name !== 'index.css');
  expect(listed.sort()).toEqual(there.sort());
});
