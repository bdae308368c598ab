// Writes docs/journal.schema.json and contract/journal/record-shapes.ts again, after a change of the records.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './set-up/places.mjs';
import { readOptions } from './set-up/read-options.mjs';

const options = readOptions(
  `Usage: node scripts/journal-schema.mjs [--check]

Writes docs/journal.schema.json and contract/journal/record-shapes.ts again, after a change of the records.

  --check  compares only, and ends with 1 when they differ
  --help   this text`,
  ['check']
);
const { journalSchema, journalSchemaText } = await import('./journal-schema/journal-schema.mjs');
const { recordShapesText } = await import('./journal-schema/record-shapes.mjs');
const schema = journalSchema();
const files = {
  'docs/journal.schema.json': await journalSchemaText(schema),
  'contract/journal/record-shapes.ts': await recordShapesText(schema)
};
for (const [name, text] of Object.entries(files)) {
  const file = join(root, name);
  if (!options.check) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(
      `${name} is not what contract/journal/journal.ts says. Write it again: node scripts/journal-schema.mjs`
    );
    process.exitCode = 1;
  }
}
