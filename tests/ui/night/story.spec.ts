// One night with four people: who drives, who approves, who has tasks, and who looks at the board on a phone. What each of them reads is
// in golden/transcript.md.
import type { Browser, Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Board, BoardOptions } from '../../../lifecycle/board/board-server.js';
import { JupyterServer } from '../jupyter-server.js';
import { Lab } from '../lab.js';
import { ROOT } from '../root.js';
import { expect, test } from '../test.js';
import { inBothThemes } from '../themes.js';
import { lookAt, lookAtBoard } from './looks.js';
import { makeNightRun, type NightRun } from './night-run.js';
import { Person } from './person.js';
import { IS_WRITTEN, Transcript, type Reader } from './transcript.js';

const { serveBoard } = (await import(
  pathToFileURL(join(ROOT, 'lib/lifecycle/board/board-server.js')).href
)) as { serveBoard(options: BoardOptions): Promise<Board> };

const ANN = { username: 'ann', name: 'Ann Lee' };
const BOB = { username: 'bob', name: 'Bob Ray' };
const CLEO = { username: 'cleo', name: 'Cleo Diaz' };

let server: JupyterServer;
let lab: Lab;
let night: NightRun;
let board: Board;

test.beforeAll(async () => {
  server = await JupyterServer.start('.venv', [`--config=${join(ROOT, 'tests/ui/night/named_people.py')}`]);
  lab = new Lab(server, 'night');
  // What is out of sight is read too.
  lab.set('@jupyterlab/notebook-extension:tracker', { windowingMode: 'none' });
  night = makeNightRun(lab);
  board = await serveBoard({ runs: [night.notebook] });
});
test.afterAll(async () => {
  await board?.close();
  await server?.stop();
});

test('a night of four people', { tag: '@proof' }, async ({ browser }) => {
  test.setTimeout(900_000);
  const transcript = new Transcript();
  const ann = await Person.open(browser, lab, night.path, ANN, { isFirst: true });
  const [bob, cleo, phone] = await Promise.all([
    Person.open(browser, lab, night.path, BOB),
    Person.open(browser, lab, night.path, CLEO),
    openBoard(browser)
  ]);
  const dan: Reader = { name: 'Dan, at the board on a phone', page: phone };
  const all: readonly Reader[] = [ann, bob, cleo, dan];
  for (const { page } of [ann, bob, cleo]) {
    await page.getByRole('region', { name: 'Release phases' }).waitFor();
  }
  const status = (person: Person, title: string) => expect(person.row(title).first());
  const has = (value: string): [string, string] => ['data-status', value];
  await transcript.tell('Everybody has opened the run', all);
  await together(lookAt(ann, 'opened'), lookAtBoard(dan.page, 'board-opened'));

  await test.step('the run begins', async () => {
    await ann.row('Preparation').hover();
    await ann.click(ann.button('Run phase'));
    await expect(ann.page.getByLabel('Name of the environment (production)')).toBeVisible();
    await transcript.tell('Ann runs the first phase, and is asked for the name of the environment', all);
    await together(lookAt(ann, 'name-asked'), lookAt(bob, 'name-awaited'));
    await ann.page.getByLabel('Name of the environment (production)').fill('production');
    await ann.press('Enter');
    await status(ann, 'Preparation').toHaveAttribute(...has('passed'));
    await status(bob, 'Preparation').toHaveAttribute(...has('passed'));
    await transcript.tell('The first phase has passed', all);
  });

  await test.step('a deployment fails, is mended and goes on', async () => {
    night.let('full', true);
    await ann.row('Search').hover();
    await ann.click(ann.button('Run phase'));
    await status(ann, 'Search').toHaveAttribute(...has('failed'));
    await transcript.tell('The search is deployed, and the preview of orders fails', all);
    await together(lookAt(ann, 'failed'), lookAtBoard(dan.page, 'board-failed'));
    night.let('full', false);
    await ann.click(ann.button('Continue… Deploy the search'));
    await transcript.tell('Ann looks at how it would go on', [ann]);
    await lookAt(ann, 'continue');
    await ann.press('Enter');
    await status(ann, 'Search').toHaveAttribute(...has('passed'));
    expect(night.deployed()).toEqual(['search 2.4.0', 'orders 2.4.0-preview']);
    await transcript.tell('It went on where it failed', all);
  });

  await test.step('QA rejects, is asked again, and approves', async () => {
    await ann.row('QA sign-off').hover();
    await ann.click(ann.button('Run phase'));
    await status(bob, 'QA sign-off').toHaveAttribute(...has('waiting'));
    await transcript.tell('QA is asked', all);
    await bob.click(bob.button('Go to what waits'));
    await ann.click(ann.button('Go to what waits'));
    await together(lookAt(bob, 'to-decide'), lookAt(ann, 'waiting'), lookAtBoard(dan.page, 'board-waiting'));
    await bob.hold('Approval').getByLabel('Comment').fill('The basket is empty');
    await bob.click(bob.hold('Approval').getByRole('button', { name: 'Reject' }));
    await status(ann, 'QA sign-off').toHaveAttribute(...has('rejected'));
    await transcript.tell('Bob rejects', all);
    await lookAt(ann, 'rejected');
    await ann.click(ann.button('Ask again Sign the preview off'));
    await status(bob, 'QA sign-off').toHaveAttribute(...has('waiting'));
    await transcript.tell('Ann asks again', all);
    await bob.click(bob.hold('Approval').last().getByRole('checkbox'));
    await bob.hold('Approval').last().getByLabel('Comment').fill('The basket is full');
    await bob.click(bob.hold('Approval').last().getByRole('button', { name: 'Approve' }));
    await status(ann, 'QA sign-off').toHaveAttribute(...has('passed'));
    await transcript.tell('Bob approves', all);
    await lookAt(bob, 'approved');
  });

  await test.step('the owner of tasks does them', async () => {
    await ann.row('Smoke tests').hover();
    await ann.click(ann.button('Run phase'));
    await status(cleo, 'Smoke tests').toHaveAttribute(...has('waiting'));
    await transcript.tell('Cleo has two tasks', all);
    await cleo.click(cleo.button('Go to what waits'));
    await lookAt(cleo, 'tasks');
    await cleo.click(cleo.hold('TaskList').getByRole('button', { name: 'I take it on: Order a green tea' }));
    await expect(ann.hold('TaskList')).toContainText('taken on');
    await transcript.tell('Cleo takes one', all);
    await cleo.click(cleo.hold('TaskList').getByRole('button', { name: 'Done: Order a green tea' }));
    await cleo.click(cleo.hold('TaskList').getByRole('button', { name: 'Done: Tell customer care' }));
    await status(ann, 'Smoke tests').toHaveAttribute(...has('passed'));
    await transcript.tell('Cleo has done both', all);
  });

  await test.step('the wheel is asked for, kept, asked for again and handed over', async () => {
    await cleo.click(cleo.button('Ask for the wheel'));
    await expect(ann.page.locator('.lb-Wheel')).toContainText('asks for the wheel');
    await transcript.tell('Cleo asks for the wheel', all);
    await together(lookAt(ann, 'wheel-asked'), lookAt(cleo, 'wheel-asking'));
    await ann.click(ann.button('Keep the wheel'));
    await expect(cleo.page.locator('.lb-Wheel')).toContainText('keeps the wheel');
    await transcript.tell('Ann keeps it', all);
    await cleo.click(cleo.button('Ask for the wheel'));
    await ann.click(ann.button('Hand over'));
    await expect(cleo.page.locator('.lb-Wheel')).toContainText('You drive');
    await transcript.tell('Ann hands it over', all);
  });

  await test.step('two phases are deployed, and rolled back', async () => {
    for (const phase of ['Orders', 'Payments']) {
      await cleo.row(phase).hover();
      await cleo.click(cleo.button('Run phase'));
      await status(cleo, phase).toHaveAttribute(...has('passed'));
    }
    await transcript.tell('Cleo deploys orders and payments', all);
    await cleo.row('Orders').hover();
    await cleo.click(cleo.page.locator('.lb-Tree-actions').getByRole('button', { name: 'Roll back…' }));
    await expect(cleo.dialog()).toContainText('Undone, in this order');
    await transcript.tell('Cleo looks at the way back', [cleo]);
    await lookAt(cleo, 'roll-back');
    await cleo.type('Customers cannot pay');
    await cleo.press('Enter');
    await status(ann, 'Orders').toHaveAttribute(...has('stale'));
    await status(ann, 'Payments').toHaveAttribute(...has('stale'));
    expect(night.deployed().slice(2)).toEqual([
      'orders 2.4.0',
      'payments 2.4.0',
      'payments 2.3.1',
      'orders 2.3.1'
    ]);
    await transcript.tell('Two phases are rolled back', all);
    await together(lookAt(cleo, 'rolled-back'), lookAtBoard(dan.page, 'board-rolled-back'));
  });

  await test.step('the server dies in the middle of a deployment, and the run goes on', async () => {
    night.let('busy', true);
    await cleo.row('Orders').hover();
    await cleo.click(cleo.button('Run phase'));
    await expect.poll(() => night.deployed().length).toBe(7);
    await transcript.tell('Cleo deploys orders again', all);
    await lab.crash();
    night.let('busy', false);
    for (const person of [ann, bob, cleo]) {
      await person.page.reload();
      await person.isThere({ isIdle: true });
    }
    await expect(cleo.page.locator('.lb-Resume:not(.lb-Wheel)')).toContainText('has no recorded end');
    await transcript.tell('The server died and was started again', all);
    await together(
      lookAt(cleo, 'server-died'),
      lookAt(ann, 'server-died-watching'),
      lookAtBoard(dan.page, 'board-inconclusive')
    );
    await cleo.click(cleo.page.locator('.lb-Resume').getByRole('button', { name: 'Resume…' }));
    await expect(cleo.dialog()).toContainText('Brought back');
    await transcript.tell('Cleo looks at what a resume does', [cleo]);
    await lookAt(cleo, 'resume');
    await cleo.click(cleo.dialog().getByRole('radio', { name: 'It succeeded' }));
    await cleo.dialog().getByRole('textbox', { name: 'Reason' }).fill('Its line is in the log of the fleet');
    await cleo.press('Enter');
    await expect(cleo.page.locator('.lb-Resume:not(.lb-Wheel)')).toBeHidden();
    await transcript.tell('Cleo judges the command, and resumes', all);
    for (const phase of ['Orders', 'Payments']) {
      await cleo.row(phase).hover();
      await cleo.click(cleo.button('Run phase'));
      await status(cleo, phase).toHaveAttribute(...has('passed'));
    }
    expect(night.deployed().slice(6)).toEqual(['orders 2.4.0', 'payments 2.4.0']);
    await transcript.tell('Both are deployed again', all);
  });

  await test.step('the run ends, and is archived', async () => {
    await cleo.row('Close').hover();
    await cleo.click(cleo.button('Run phase'));
    await expect(cleo.hold('Checklist')).toBeVisible();
    await transcript.tell('The closing checklist', all);
    await cleo.click(cleo.button('Go to what waits'));
    await lookAt(cleo, 'checklist');
    for (const box of await cleo.hold('Checklist').getByRole('checkbox').all()) {
      await box.check();
    }
    await status(ann, 'Close').toHaveAttribute(...has('passed'));
    await transcript.tell('Everything has passed', all);
    await together(lookAt(cleo, 'end'), lookAtBoard(dan.page, 'board-end'));
    await readReport(cleo);
    await archive(cleo, transcript);
    // The others' pages are without a kernel from then on, and read the journal when they look for one again.
    await transcript.tell('The run is archived', [cleo, dan]);
    await lookAt(cleo, 'archived');
  });

  for (const person of [ann, bob, cleo]) {
    expect(person.ownFaults()).toEqual([]);
  }
  const verified = spawnSync(
    process.execPath,
    [join(ROOT, 'lib/cli/main.js'), 'verify', 'runs/2.4.0-production'],
    { cwd: night.folder, encoding: 'utf8' }
  );
  expect(verified.status, verified.stdout).toBe(0);
  transcript.end();
});

/** Each at a page of their own, at the same time. */
async function together(...acts: readonly Promise<void>[]): Promise<void> {
  await Promise.all(acts);
}

/** The report tells what went otherwise than planned, who did it and why. */
async function readReport(person: Person): Promise<void> {
  const { page } = person;
  const acts = page.getByRole('list', { name: 'After the last step' });
  await person.click(acts.getByRole('button', { name: 'Report' }));
  const report = page.locator('.lb-AfterAction');
  for (const told of [
    'no room in the registry',
    'The basket is empty',
    'took the wheel that Ann Lee handed over',
    'Customers cannot pay',
    'Its line is in the log of the fleet',
    'Order a green tea'
  ]) {
    await expect(report).toContainText(told);
  }
  if (!IS_WRITTEN) {
    await inBothThemes(page, 'night-report', { selectors: ['.lb-AfterAction'] });
  }
  await person.click(page.locator('.lm-TabBar-tab[data-lb-where="2.4.0 · production"]'));
}

async function archive(person: Person, transcript: Transcript): Promise<void> {
  await person.page.getByRole('menuitem', { name: 'File', exact: true }).click();
  await person.page.locator('.lm-Menu-itemLabel', { hasText: 'Archive Run…' }).first().click();
  await expect(person.dialog()).toBeVisible();
  await transcript.tell('Cleo is asked before the archive', [person]);
  await person.click(person.dialog().getByRole('button', { name: 'Archive' }));
  await expect(person.page.getByText(/Archived as/).first()).toBeVisible({ timeout: 60_000 });
}

async function openBoard(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true });
  const page = await context.newPage();
  await page.goto(board.url);
  await expect(page.getByText(/^Connected since/)).toBeVisible();
  return page;
}
