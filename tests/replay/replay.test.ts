// Journals of released versions are read for ever, with the state that they had then; and a journal that was cut off anywhere is read
// up to its last whole line, with a statement of what was dropped.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { applyRecord, foldJournal } from '../../contract/reduce/reduce.js';
import { emptyRunState } from '../../contract/state/state.js';
import { FileJournal } from '../../record/journal/file-journal.js';
import { readJournal } from '../../record/journal/read-journal.js';
import { root } from '../house/root.js';
import { temporaryFolder } from '../runbook/temporary-folder.js';
import { rounds } from '../proof.js';

const RELEASES = join(root, 'tests', 'replay');
const VERSIONS = ['0.1.0'];
const CUTS = rounds({ inTest: 1_000, inProof: 10_000 });

const journalOf = (version: string): Promise<Buffer> =>
  readFile(join(RELEASES, version, 'release.journal.jsonl'));

test('every released version has its journal here', async () => {
  const folders = (await readdir(RELEASES, { withFileTypes: true })).filter(entry => entry.isDirectory());
  expect(folders.map(({ name }) => name)).toEqual(VERSIONS);
});

describe.each(VERSIONS)('the journal of version %s', version => {
  test('folds to everything that it said then', async () => {
    const { records, fault, torn } = readJournal(String(await journalOf(version)));
    expect([fault, torn]).toEqual([null, null]);
    const golden = JSON.parse(await readFile(join(RELEASES, version, 'state.json'), 'utf8')) as object;
    expect(JSON.parse(JSON.stringify(foldJournal(records)))).toMatchObject(golden);
  });

  test('has only lines that the published schema describes', async () => {
    const schema = JSON.parse(await readFile(join(root, 'docs', 'journal.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    for (const record of readJournal(String(await journalOf(version))).records) {
      expect([record.seq, validate(record), validate.errors]).toEqual([record.seq, true, null]);
    }
    expect(validate({ seq: 1, at: '', prev: '', kind: 'attempt-ended', step: 'a' })).toBe(false);
  });

  test(`cut off at ${CUTS.toLocaleString('en')} places it is always read up to its last whole line`, async () => {
    const bytes = await journalOf(version);
    const whole = readJournal(String(bytes)).records;
    const states = [emptyRunState()];
    whole.forEach(record => {
      const state = structuredClone(states.at(-1)!);
      applyRecord(state, record);
      states.push(state);
    });
    const texts = states.map(state => JSON.stringify(state));
    const stride = Math.max(1, Math.floor(bytes.length / CUTS));
    let count = 0;
    let lines = 0;
    let next = bytes.indexOf(0x0a);
    for (let length = 0; length <= bytes.length && count < CUTS; length += stride, count++) {
      const cut = bytes.subarray(0, length);
      for (; next >= 0 && next < length; next = bytes.indexOf(0x0a, next + 1)) {
        lines++;
      }
      const lineEnd = cut.lastIndexOf(0x0a) + 1;
      const { records, torn, fault, soundLength } = readJournal(String(cut));
      const expected = states[records.length];
      if (
        fault !== null ||
        records.length !== lines ||
        (torn ?? '') !== String(cut.subarray(lineEnd)) ||
        soundLength !== String(cut.subarray(0, lineEnd)).length ||
        expected === undefined ||
        (lineEnd === length && JSON.stringify(foldJournal(records)) !== texts[records.length])
      ) {
        throw new Error(`cut off after ${length} bytes: ${records.length} records, torn ${String(torn)}`);
      }
    }
    expect(count).toBe(CUTS);
  });
});

test('a journal that was cut off goes on, and keeps what was cut off byte for byte', async () => {
  const bytes = await journalOf('0.1.0');
  const folder = temporaryPlace;
  for (let index = 0; index < 40; index++) {
    const length = Math.floor(((index + 0.37) / 40) * bytes.length);
    const path = join(folder, `${index}.journal.jsonl`);
    await writeFile(path, bytes.subarray(0, length));
    const lineEnd = bytes.subarray(0, length).lastIndexOf(0x0a) + 1;
    const first = { kind: 'journal-opened', format: 1, version: '0.1.0', notebook: 'n', run: null } as const;
    const journal = await FileJournal.open(path, { first, now: Date.now });
    await journal.append({ kind: 'checkpoint', name: 'on', step: 'a' });
    await journal.close();
    const { fault, torn } = readJournal(await readFile(path, 'utf8'));
    expect([length, fault, torn]).toEqual([length, null, null]);
    if (journal.torn) {
      expect(await readFile(journal.torn.path)).toEqual(bytes.subarray(lineEnd, length));
    } else {
      expect(lineEnd).toBe(length);
    }
  }
});

const temporaryPlace = temporaryFolder();
