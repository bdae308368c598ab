// Documents in the form of those that teams have, and what becomes of each: notebook and report, byte for byte. After a change that is meant,
// LAUNCHBOOK_GOLDEN=1 writes them anew; git shows what has changed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { importDocument } from '../../../lifecycle/import/import-document.js';
import { root } from '../../house/root.js';
import { findingsBesideGuesses } from './besides.js';

const golden = join(root, 'tests', 'lifecycle', 'import', 'golden');
const samples = readdirSync(golden).filter(name => !/\.import\.md$|\.made\.ipynb$/.test(name));

test.each(samples)('%s becomes what it became before, and nothing of it is lost', async name => {
  const file = { name, bytes: readFileSync(join(golden, name)) };
  const made = await importDocument(file, null, `${name}.made.ipynb`);
  expect(made.faults).toEqual([]);
  expect(findingsBesideGuesses(made)).toEqual([]);
  for (const [ending, text] of [
    ['.made.ipynb', made.notebook],
    ['.import.md', made.report]
  ] as const) {
    const path = join(golden, `${name}${ending}`);
    if (process.env['LAUNCHBOOK_GOLDEN'] === '1') {
      writeFileSync(path, text);
    }
    expect(text).toBe(readFileSync(path, 'utf8'));
  }
});
