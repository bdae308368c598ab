// No archive with a secret in it: each place of a run in each encoding, and credentials that nobody has named.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { journalPathOf, type Notebook } from '../../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../../contract/notebook/outline.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';
import { freezeBody, linkLine } from '../../../record/journal/chain.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { rounds } from '../../proof.js';
import { ANN, executeRun, makeRepository, type Repository } from '../executed-run.js';

/** Characters that every encoder changes. */
const SECRET = 'pä"ss & <w0rd>/+\\tail?';
const PROFILE = `environments:
  staging:
    splunk: { url: 'https://splunk.example', token: '\${SPLUNK_TOKEN}' }
    secrets:
      databasePassword: { env: DB_PASSWORD }
`;
const ENVIRONMENT = { DB_PASSWORD: SECRET, SPLUNK_TOKEN: 'unrelated-token' };

let repository: Repository;
let path: string;
let clean: { readonly notebook: string; readonly journal: string };

beforeAll(async () => {
  repository = await makeRepository();
  repository.write('launchbook.yml', PROFILE);
  repository.commit('Name the secret');
  path = await executeRun(repository);
  clean = { notebook: readFileSync(path, 'utf8'), journal: readFileSync(journalPathOf(path, true), 'utf8') };
});

afterEach(() => {
  writeFileSync(path, clean.notebook);
  writeFileSync(journalPathOf(path, true), clean.journal);
});

afterAll(() => repository.remove());

const ENCODINGS: { readonly [name: string]: string } = {
  plain: SECRET,
  JSON: JSON.stringify({ value: SECRET }),
  URL: `https://example.com/?password=${encodeURIComponent(SECRET)}`,
  HTML: SECRET.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
  Base64: Buffer.from(`user:${SECRET}`).toString('base64'),
  hexadecimal: Buffer.from(SECRET).toString('hex')
};

/** Puts a text into one place of the run. */
const PLACES: { readonly [name: string]: (text: string) => void } = {
  source: text => changeCell('deploy', cell => ({ ...cell, source: `// ${text}` })),
  output: text =>
    changeCell('deploy', cell => withOutput(cell, { output_type: 'stream', name: 'stdout', text: [text] })),
  metadata: text => changeCell('deploy', cell => ({ ...cell, metadata: { note: text } })),
  attachment: text =>
    changeCell('title', cell => {
      const bytes = Buffer.from(`GIF89a ${text}`);
      return {
        ...cell,
        attachments: { 'note.gif': { 'image/gif': bytes.toString('base64') } }
      } as OutlineCell;
    }),
  journal: text => {
    const { end } = readJournal(clean.journal);
    const body = { kind: 'note' as const, text, step: null, by: ANN };
    const { line } = linkLine(end, '2026-11-22T09:00:00.000Z', freezeBody(body));
    writeFileSync(journalPathOf(path, true), `${clean.journal}${line}\n`);
  }
};

function changeCell(id: string, change: (cell: OutlineCell) => OutlineCell): void {
  const notebook = JSON.parse(clean.notebook) as Notebook;
  const cells = notebook.cells.map(cell => (cell.id === id ? change(cell) : cell));
  writeFileSync(path, notebookText({ ...notebook, cells }));
}

function withOutput(cell: OutlineCell, output: object): OutlineCell {
  return { ...cell, outputs: [output] } as OutlineCell;
}

async function findingsOf(): Promise<{ place: string; what: string; line: number; file: string }[]> {
  const before = repository.git('rev-list', '--count', 'HEAD');
  const error = (await archiveRun(path, { environment: ENVIRONMENT }).catch((thrown: unknown) => thrown)) as {
    code: string;
    message: string;
    fields: { findings: { place: string; what: string; line: number; file: string }[] };
  };
  expect(error.code).toBe('archive.secrets');
  expect(error.message).not.toContain(SECRET);
  expect(repository.git('rev-list', '--count', 'HEAD')).toBe(before);
  expect(repository.git('tag')).toBe('');
  expect(repository.git('diff', '--cached', '--name-only')).toBe('');
  return error.fields.findings;
}

/** In `npm test` each place meets two encodings, and each encoding at least one place; the proof tries all pairs. */
const PAIRS = Object.keys(PLACES).flatMap((place, row) =>
  Object.keys(ENCODINGS)
    .filter((_, column) => (row + column) % rounds({ inTest: 3, inProof: 1 }) === 0)
    .map(encoding => [place, encoding] as const)
);

test.each(PAIRS)('A known secret in the %s as %s is found and not committed', async (place, encoding) => {
  PLACES[place]!(ENCODINGS[encoding]!);
  expect((await findingsOf()).map(finding => finding.what)).toContain('the secret databasePassword');
});

describe('A credential that nobody has named is found and not committed:', () => {
  const token = `ghp_${'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'}`;

  test.each(Object.keys(PLACES))('a GitHub token in the %s', async place => {
    PLACES[place]!(`token ${token} end`);
    const [finding] = await findingsOf();
    expect(finding!.what).toMatch(/GITHUB_TOKEN/);
  });

  test('also beside a comment that switches the scanner off', async () => {
    PLACES['source']!(`secretlint-disable\nconst token = '${token}'; // secretlint-disable-line`);
    expect((await findingsOf()).map(finding => finding.what).join()).toMatch(/GITHUB_TOKEN/);
  });

  test('a private key over several lines of an output', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const lines = privateKey
      .export({ type: 'pkcs1', format: 'pem' })
      .toString()
      .split(/(?<=\n)/);
    changeCell('deploy', cell => withOutput(cell, { output_type: 'stream', name: 'stdout', text: lines }));
    expect((await findingsOf()).map(finding => finding.what).join()).toMatch(/PrivateKey/i);
  });
});

test('A clean run is archived, with what was searched and what could not be', async () => {
  const { search, notes } = await archiveRun(path, { environment: { DB_PASSWORD: SECRET } });
  expect(search).toMatchObject({ findings: [], files: 3, secrets: 1 });
  expect(search.forms).toBeGreaterThan(20);
  expect(notes.join()).toMatch(/Not searched for.*SPLUNK_TOKEN/);
});
