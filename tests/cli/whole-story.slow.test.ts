// What people do in a real kernel is told by every command afterwards: who, when, why, and the steps by their names. And nobody can take
// it out of an archive again. Real kernel, real git.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { cellHashes, manifestFile, sealed, type Manifest } from '../../lifecycle/manifest/manifest.js';
import { manifestPathOf, type Notebook } from '../../contract/notebook/notebook.js';
import { openHeadlessRun } from '../../kernel/host/headless/headless-run.js';
import { STATUS_FORMATS } from '../../lifecycle/status/format/formats.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

const RUN = join('runs', '2.4.0-staging', 'release.ipynb');
const CELLS = [
  { id: 'c0ffee00-0000-4000-8000-000000000000', cell_type: 'markdown', source: '## Deployment' },
  {
    id: 'c0ffee00-0000-4000-8000-000000000001',
    cell_type: 'code',
    source: "// Deploy orders\nawait rollback('Orders back', () => $`echo back`);\nawait $`echo deployed`;"
  },
  {
    id: 'c0ffee00-0000-4000-8000-000000000002',
    cell_type: 'code',
    source: '// Mail the team\nawait $`echo mail the team`;'
  },
  {
    id: 'c0ffee00-0000-4000-8000-000000000003',
    cell_type: 'code',
    source: '// Look at orders\nawait $`test -e healthy`;'
  },
  {
    id: 'c0ffee00-0000-4000-8000-000000000004',
    cell_type: 'markdown',
    source: '## Closing\n\nPlanned: 2 min'
  },
  {
    id: 'c0ffee00-0000-4000-8000-000000000005',
    cell_type: 'code',
    source: "// Close\nawait note('all *is* said');"
  }
];
const [, ORDERS, MAIL, LOOK, , CLOSE] = CELLS.map(({ id }) => id) as [
  string,
  string,
  string,
  string,
  string,
  string
];
const { username } = userInfo();
const WHO = `${username} (claimed)`;

/** What was done, as each command tells it. */
const TOLD = [
  'ran “Look at orders” (Deployment) again, attempt 2 after one that failed',
  'left out “Look at orders” (Deployment): seen <with> my eyes',
  'noted at “Close” (Closing): all *is* said',
  'rolled back to before “Deploy orders” (Deployment): orders are slow',
  'without an undo step: “Mail the team” (Deployment), which did echo mail the team'
];

let box: Sandbox;

beforeEach(async () => {
  box = makeSandbox();
  const cells = CELLS.map(cell => ({
    ...cell,
    metadata: {},
    ...(cell.cell_type === 'code' ? { outputs: [], execution_count: null } : {})
  }));
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('release.ipynb', { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write('launchbook.yml', 'environments: { staging: {} }\n');
  box.git('init', '--template=', '--quiet');
  box.git('config', 'user.name', 'Ann Lee');
  box.git('config', 'user.email', 'ann@example.com');
  box.commit();
  await box.launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging', '--mode', 'live');
  const run = await openHeadlessRun({
    path: join(box.folder, RUN),
    nodePath: process.execPath,
    username,
    log: () => undefined
  });
  try {
    for (const step of [ORDERS, MAIL]) {
      expect((await run.execute(step)).error).toBeNull();
    }
    for (const step of [LOOK, LOOK]) {
      expect((await run.execute(step)).error).not.toBeNull();
    }
    expect((await run.command('%skip "Look at orders" seen <with> my eyes')).error).toBeNull();
    expect((await run.execute(CLOSE)).error).toBeNull();
    expect((await run.command('%rollback "Deploy orders" orders are slow')).error).toBeNull();
  } finally {
    await run.close();
  }
}, 120_000);

afterEach(() => box.remove());

/** A text of one of the formats as a reader sees it. */
const plain = (text: string, format: string): string =>
  (format === 'html' ? text.replace(/<[^>]*>/g, ' ') : text)
    .replace(/\\([\\`*_[\]|~#])/g, '$1')
    .replaceAll('\u200b', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** The words of an act without its reason, for a table in which that has a column of its own. */
const isTold = (text: string, told: string): boolean => told.split(': ').every(part => text.includes(part));

test('status, report and archive tell it with names, times and reasons; verify finds a word that was taken out', async () => {
  for (const format of Object.keys(STATUS_FORMATS).filter(name => name !== 'json')) {
    const text = plain((await box.launchbook('status', RUN, '--format', format)).stdout, format);
    TOLD.forEach(told => expect([format, told, text.includes(told)]).toEqual([format, told, true]));
    expect(text).not.toContain('c0ffee00');
  }
  const status = (await box.launchbook('status', RUN)).stdout;
  expect(status).toContain(
    `▲ amber: ${WHO} rolled back to before “Deploy orders” (Deployment): orders are slow (stale: `
  );
  for (const format of ['md', 'html']) {
    const text = plain((await box.launchbook('report', RUN, '--format', format)).stdout, format);
    TOLD.forEach(told => expect([format, told, isTold(text, told)]).toEqual([format, told, true]));
    expect(text).not.toContain('c0ffee00');
    expect(text).not.toContain('first attempt');
    expect(text).toMatch(/Closing[^\n]*2 min 0 s/);
  }
  const archived = await box.launchbook('archive', RUN, '--unfinished');
  expect([archived.code, archived.stderr]).toEqual([0, expect.any(String)]);
  const path = join(box.folder, RUN);
  const text = readFileSync(path, 'utf8');
  const { cells } = JSON.parse(text) as Notebook;
  const summary = plain([cells[0]!.source].flat().join(''), 'md');
  expect(summary).toMatch(
    /^\*\*UNFINISHED: .*\n\n\*\*ROLLED BACK\*\* at \d{4}-\d\d-\d\d [\d:]+ UTC: .*orders are slow/
  );
  TOLD.forEach(told => expect([told, isTold(summary, told)]).toEqual([told, true]));
  expect((await box.launchbook('verify', RUN)).code).toBe(0);

  const forged = text
    .replaceAll('seen &lt;with&gt; my eyes', 'seen by QA')
    .replaceAll('seen <with> my eyes', 'seen by QA');
  expect(forged).not.toBe(text);
  const file = manifestPathOf(path);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  writeFileSync(path, forged);
  const notebook = manifestFile(manifest.notebook.name, forged);
  const hashes = cellHashes(JSON.parse(forged) as Notebook);
  writeFileSync(file, sealed({ ...manifest, notebook, cells: hashes }));
  const verified = await box.launchbook('verify', RUN);
  expect([verified.code, verified.stdout + verified.stderr]).toEqual([
    1,
    expect.stringMatching(
      /“Look at orders” \(Deployment\), under which other acts of people stand than in the journal/
    )
  ]);
}, 120_000);
