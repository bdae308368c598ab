// `node scripts/journal-schema.mjs` writes docs/journal.schema.json and contract/journal/record-shapes.ts again, after a change of the
// records; with --check it only compares, and ends with 1 when they differ.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalSchema, journalSchemaText } from './journal-schema/journal-schema.mjs';
import { recordShapesText } from './journal-schema/record-shapes.mjs';
import { root } from './set-up/places.mjs';

const schema = journalSchema();
const files = {
  'docs/journal.schema.json': await journalSchemaText(schema),
  'contract/journal/record-shapes.ts': await recordShapesText(schema)
};
for (const [name, text] of Object.entries(files)) {
  const file = join(root, name);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(
      `${name} is not what contract/journal/journal.ts says. Write it again: node scripts/journal-schema.mjs`
    );
    process.exitCode = 1;
  }
}
