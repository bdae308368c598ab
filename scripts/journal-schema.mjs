// `node scripts/journal-schema.mjs` writes docs/journal.schema.json anew, after a change of the records; with --check it only
// compares, and ends with 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalSchemaText } from './journal-schema/journal-schema.mjs';
import { root } from './set-up/places.mjs';

const file = join(root, 'docs', 'journal.schema.json');
const text = await journalSchemaText();
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error(
    'docs/journal.schema.json is not what contract/journal.ts says. Write it anew: node scripts/journal-schema.mjs'
  );
  process.exitCode = 1;
}
