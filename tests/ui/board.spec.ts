// The board on a wall screen: it follows the journal, is accessible in both themes, and says when it is cut off.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Board, BoardOptions } from '../../lifecycle/board/board-server.js';
import type * as Summaries from '../lifecycle/status/summaries.js';
import type { RecordBody } from '../../contract/journal/journal.js';
import { expectAccessible } from './axe.js';
import { keepPicture } from './picture.js';
import { ROOT } from './root.js';
import { expect, test } from './test.js';

/** The built product, as the command uses it. */
const { serveBoard } = (await import(
  pathToFileURL(join(ROOT, 'lib/lifecycle/board/board-server.js')).href
)) as { serveBoard(options: BoardOptions): Promise<Board> };
const { journalText } = (await import(
  pathToFileURL(join(ROOT, 'lib/tests/lifecycle/journal-text.js')).href
)) as { journalText(bodies: readonly RecordBody[]): string };
const { ASKED, DONE, PREPARED, RUN } = (await import(
  pathToFileURL(join(ROOT, 'lib/tests/lifecycle/status/summaries.js')).href
)) as typeof Summaries;

let folder: string;
let board: Board;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-board-'));
  for (const name of ['orders', 'payments']) {
    const run = { ...RUN, release: name === 'orders' ? '2.4.0' : '1.9.2', environment: 'production' };
    const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { launchbook: { run } }, cells: [] };
    writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
  }
  keepJournal('orders', PREPARED);
  keepJournal('payments', DONE.map(clicked));
  board = await serveBoard({ runs: ['orders', 'payments'].map(name => join(folder, `${name}.ipynb`)) });
});

test.afterEach(async () => {
  await board.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The decision as a click: a signed one would need its signature, which these samples do not have. */
function clicked(body: RecordBody): RecordBody {
  return body.kind === 'approval-decided'
    ? { ...body, decision: { ...body.decision, by: { ...body.decision.by, grade: 'authenticated' } } }
    : body;
}

for (const scheme of ['light', 'dark'] as const) {
  test(`follows the journals, in the ${scheme}`, async ({ browser }) => {
    const page = await browser.newPage({ colorScheme: scheme });
    const faults: string[] = [];
    page.on('console', message => message.type() === 'error' && faults.push(message.text()));
    await page.goto(board.url);
    await expect(page.getByText(/^Connected since/)).toBeVisible();
    await expect(page).toHaveTitle('✓ Launchbook board');
    keepJournal('orders', ASKED);
    await expect(page.getByText(/“QA sign-off” waits for qa-lead/)).toBeVisible();
    await expect(page).toHaveTitle('▲ Launchbook board');
    await expect(page.locator('#said')).toHaveText('Release, release 2.4.0, amber, QA sign-off waiting');
    await expectAccessible(page, 'body');
    await keepPicture(page, scheme === 'dark' ? 'board-dark' : 'board');
    expect(faults).toEqual([]);
    await page.close();
  });
}

test('says when it is cut off, so that nobody trusts an old picture', async ({ page }) => {
  await page.goto(board.url);
  await expect(page.getByText(/^Connected since/)).toBeVisible();
  await board.close();
  await expect(page.getByText(/^No connection since .*; what you see may be old$/)).toBeVisible();
  await expectAccessible(page, 'header');
});

function keepJournal(name: string, bodies: readonly RecordBody[]): void {
  writeFileSync(join(folder, `${name}.journal.jsonl`), journalText(bodies));
}
