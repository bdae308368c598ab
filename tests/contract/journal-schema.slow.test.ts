// docs/journal.schema.json is made from the types of the records, and sample records are what it describes.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { root } from '../house/root.js';
import { decided, ended, KERNEL, OPENED, requested, stamp, started } from './sample-journal.js';

test('the published schema is what the types say; node scripts/journal-schema.mjs writes it anew', async () => {
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'journal-schema.mjs'), '--check']);
});

test('it describes records and refuses what is none', () => {
  const schema = JSON.parse(readFileSync(join(root, 'docs', 'journal.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ strict: false }).compile(schema);
  for (const record of stamp([OPENED, KERNEL, started('a'), requested('a'), decided('a'), ended('a')])) {
    expect([record.kind, validate(record), validate.errors]).toEqual([record.kind, true, null]);
  }
  const [record] = stamp([ended('a')]);
  expect(validate({ ...record, outcome: 'well' })).toBe(false);
  expect(validate({ ...record, seq: '1' })).toBe(false);
  expect(validate({ ...record, kind: 'guess' })).toBe(false);
});
