// Pages that open a run at the same moment make Jupyter start a kernel each. They end at the one that has the journal, the others end,
// and everybody can go on.
import type { Browser, Page, Route } from '@playwright/test';
import { bar, heading, makeRun, say, step } from './killable-run.js';
import { command, type Lab } from './lab.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';

const PAGES = 3;
const ROUNDS = process.env['LAUNCHBOOK_PROOF'] === '1' ? 4 : 2;

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

/** One step for each page and round. */
const CELLS = Array.from({ length: (ROUNDS + 1) * PAGES }, (_, index) => [
  heading(`Phase ${index}`),
  step(`step-${index}`, `// Step ${index}`, say(`${index}`))
]).flat();

for (const isForced of [true, false]) {
  const how = isForced ? 'none of which sees the session of another' : 'as they come';
  test(
    `three pages that open a run in the same moment, ${how}, have one kernel and go on`,
    { tag: '@proof' },
    async ({ browser }) => {
      test.setTimeout(300_000);
      const name = isForced ? 'forced' : 'as-they-come';
      const { log } = makeRun(lab, name, CELLS);
      const pages = await Promise.all(
        Array.from({ length: PAGES }, () => pageOf(browser, isForced ? seeNoSession : undefined))
      );
      const goOn = async (round: number): Promise<void> => {
        for (const page of pages) {
          await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible({ timeout: 60_000 });
          await new RunPage(page, []).showPhases();
          await expect(page.getByRole('region', { name: 'Release phases' })).not.toContainText('kernel');
        }
        await expect.poll(() => lab.kernels(), { timeout: 30_000 }).toHaveLength(1);
        for (const [index, page] of pages.entries()) {
          const id = `step-${round * PAGES + index}`;
          await command(page, 'launchbook:run-step', { cell: id });
          for (const each of pages) {
            await expect(new RunPage(each, []).phase(`h-phase-${round * PAGES + index}`)).toHaveAttribute(
              'data-status',
              'passed'
            );
          }
        }
        expect(log()).toEqual(Array.from({ length: (round + 1) * PAGES }, (_, index) => `${index}`));
      };

      await test.step('opened for the first time', async () => {
        await Promise.all(pages.map(page => page.goto(lab.address(`${name}/release.ipynb`))));
        await goOn(0);
      });
      for (let round = 1; round <= ROUNDS; round++) {
        await test.step(`the server was killed, time ${round}`, async () => {
          await lab.crash();
          await Promise.all(pages.map(page => page.reload()));
          await resume(pages[round % PAGES]!);
          await goOn(round);
        });
      }
    }
  );
}

async function pageOf(browser: Browser, prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await prepare?.(page);
  return page;
}

/** Until the page has begun a session, the server seems to have none. */
async function seeNoSession(page: Page): Promise<void> {
  let hasBegun = false;
  page.on('request', request => (hasBegun &&= !request.isNavigationRequest()));
  await page.route(/\/api\/sessions(?:\?|$)/, async (route: Route) => {
    hasBegun ||= route.request().method() === 'POST';
    await (hasBegun || route.request().method() !== 'GET' ? route.continue() : route.fulfill({ json: [] }));
  });
}

async function resume(page: Page): Promise<void> {
  await bar(page).getByRole('button', { name: 'Resume…' }).click();
  await page.locator('.lb-Dialog').getByRole('button', { name: 'Resume' }).click();
  await expect(bar(page)).toBeHidden();
}
