// Documents in the form of those that teams have, and what becomes of each: notebook and report, byte for byte. After a change that is meant,
// LAUNCHBOOK_GOLDEN=1 writes them anew; git shows what has changed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { importDocument } from '../../../lifecycle/import/import-document.js';
import { root } from '../../house/root.js';
import { findingsBesideGuesses } from './besides.js';

const golden = join(root, 'tests', 'lifecycle', 'import', 'golden');
const samples = readdirSync(golden).filter(name => !/\.import\.md$|\.made\.ipynb$/.test(name));

test.each(samples)('%s becomes what it became before, and nothing of it is lost', name =>
  expectGolden(join(golden, name), `${name}.made`)
);

// The examples stand beside the documents that they were made from.
test.each(['rotate-certificate.md', 'restart-orders.xml'])('the example %s is what the command makes', name =>
  expectGolden(join(root, 'examples', 'imported', name), name.replace(/\.\w+$/, ''))
);

/** `made`: the name of what is made, beside it. */
async function expectGolden(path: string, made: string): Promise<void> {
  const imported = await importDocument(
    { name: basename(path), bytes: readFileSync(path) },
    null,
    `${made}.ipynb`
  );
  expect(imported.faults).toEqual([]);
  expect(findingsBesideGuesses(imported)).toEqual([]);
  for (const [file, text] of [
    [`${made}.ipynb`, imported.notebook],
    [`${made}.import.md`, imported.report]
  ] as const) {
    const place = join(dirname(path), file);
    if (process.env['LAUNCHBOOK_GOLDEN'] === '1') {
      writeFileSync(place, text);
    }
    expect(text).toBe(readFileSync(place, 'utf8'));
  }
}
