// Two people in one shared document (jupyter-collaboration): one drives, the other decides, and nothing is written twice.
import type { Browser, Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settledText } from '../../lifecycle/notebook/settled-text.js';
import type { Lab } from './lab.js';
import { Labs } from './labs.js';
import { approvalIn, decide, openBeside, runCell, wheelIn, writeRun } from './people.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const LINES =
  "for (let line = 1; line <= 5; line++) { console.log(`line ${line}`); }\ndisplay.table([{ service: 'orders' }])";
const ASK = `console.log('before')
await approval('Go', { question: 'May payments follow?', evidence: { Orders: '3 of 3 healthy' } })
console.log('after')`;
/** What the document of every page shows at the end, in order. */
const SHOWN = [/^line 1\nline 2\nline 3\nline 4\nline 5$/, /orders/, /^before$/, /Approved/, /^after$/];

/** Another JupyterLab than the other test files have: its documents are shared. */
const labs = new Labs('.launchbook/collaboration');
let lab: Lab;
test.beforeAll(async () => {
  lab = await labs.fresh();
});
test.afterAll(async () => await labs.stop());

test(
  'the second person decides in a document that both share, and nothing is written twice',
  { tag: '@proof' },
  async ({ browser }) => {
    const name = writeRun(lab, {
      folder: 'shared',
      sources: [LINES, ASK],
      approvals: '{ fourEyes: true, comment: true }'
    });
    const [driver, other] = await openShared(browser, name);

    await test.step('outputs of the driver reach the other page once', async () => {
      await runCell(driver, 'console.log(`line');
      await expectOutputs(driver, SHOWN.slice(0, 2));
      await expectOutputs(other, SHOWN.slice(0, 2));
    });

    await test.step('both see the hold point, and the second person decides', async () => {
      await runCell(driver, 'approval(');
      await expect(approvalIn(driver)).toContainText('Waiting for approval');
      await expect(wheelIn(other)).toContainText('has driven this run');
      await other.getByRole('button', { name: 'Go to what waits' }).click();
      await expect(approvalIn(other)).toContainText('Waiting for approval');
      await expect(approvalIn(other)).toHaveCount(1);
      await inBothThemes(other, 'shared-document');
      await decide(other, 'dashboards are green', null);
      await expect(approvalIn(other)).toContainText('Approved by');
      await expect(approvalIn(driver)).toContainText('Approved by');
    });

    await test.step('both documents hold every output once', async () => {
      await expectOutputs(driver, SHOWN);
      await expectOutputs(other, SHOWN);
    });

    await test.step('also after both pages were loaded again, and in the file', async () => {
      for (const page of [driver, other]) {
        await page.reload();
        await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
      }
      await expectOutputs(driver, SHOWN);
      await expectOutputs(other, SHOWN);
      await expect.poll(() => savedOutputs(name)).toHaveLength(SHOWN.length);
      savedOutputs(name).forEach((text, index) => expect(text.trim()).toMatch(SHOWN[index]!));
      expect(savedOutputs(name)[3]).toContain('dashboards are green');
    });
  }
);

test(
  'when the page that executes goes away, the other one shows the rest once',
  { tag: '@proof' },
  async ({ browser }) => {
    const name = writeRun(lab, {
      folder: 'left',
      sources: [ASK],
      approvals: '{ comment: true }',
      mode: 'rehearsal'
    });
    const [driver, other] = await openShared(browser, name);
    await runCell(driver, 'approval(');
    await expect(approvalIn(other)).toContainText('Waiting for approval');
    await driver.close();
    await decide(other, 'nobody else is here', null);
    // A page that has gone without a word is there for the others for another 30 s.
    await expect(other.locator('.jp-OutputArea-output')).toHaveCount(3, { timeout: 60_000 });
    await expectOutputs(other, SHOWN.slice(2));
    await other.reload();
    await other.locator('.jp-Notebook .jp-Cell').first().waitFor();
    await expectOutputs(other, SHOWN.slice(2));
  }
);

test(
  'a page that came in the middle of a step shows what it prints after the other page has gone',
  { tag: '@proof' },
  async ({ browser }) => {
    const silent = [
      "import { existsSync } from 'node:fs';",
      "while (!existsSync('go')) { await new Promise(resolve => setTimeout(resolve, 50)); }",
      "console.log('after')"
    ].join('\n');
    const name = writeRun(lab, { folder: 'silent', sources: [silent], mode: 'rehearsal' });
    const driver = await lab.open(browser, name);
    await runCell(driver, 'existsSync(');
    await expect(driver.locator('.lb-Timing[data-status="running"]')).toBeVisible();
    const other = await openBeside(browser, lab, name, { isWatched: false });
    await expect(other.locator('.lb-Timing[data-status="running"]')).toBeVisible();
    await driver.close();
    writeFileSync(join(lab.folder, 'silent/go'), '');
    await expect(other.locator('.jp-OutputArea-output')).toHaveCount(1, { timeout: 60_000 });
    await expectOutputs(other, [/^after$/]);
  }
);

/** The pages of two people in one document. That it is shared is looked at, so that these tests are about what they say. */
async function openShared(browser: Browser, name: string): Promise<[Page, Page]> {
  const pages: [Page, Page] = [
    await lab.open(browser, name),
    await openBeside(browser, lab, name, { isWatched: false })
  ];
  for (const page of pages) {
    // On a slow machine it asks whether to wait, and goes on asking when the document has come.
    const question = page.getByRole('button', { name: 'Continue waiting' });
    await page.addLocatorHandler(question, async button => await button.click());
    await expectShared(page);
  }
  return pages;
}

async function expectShared(page: Page): Promise<void> {
  const collaborative = await page.evaluate(
    () =>
      (
        globalThis as unknown as {
          jupyterapp: { shell: { currentWidget: { context: { model: { collaborative: boolean } } } } };
        }
      ).jupyterapp.shell.currentWidget.context.model.collaborative
  );
  expect(collaborative).toBe(true);
}

async function expectOutputs(page: Page, texts: readonly RegExp[]): Promise<void> {
  const outputs = page.locator('.jp-OutputArea-output');
  await expect(outputs).toHaveCount(texts.length);
  for (const [index, text] of texts.entries()) {
    await expect.poll(async () => (await outputs.nth(index).innerText()).trim()).toMatch(text);
  }
}

/** The outputs in the file, as text. */
function savedOutputs(name: string): string[] {
  const { cells } = JSON.parse(settledText(join(lab.folder, name))) as {
    cells: { outputs?: { text?: string[]; data?: { 'text/plain'?: string[] } }[] }[];
  };
  return cells
    .flatMap(({ outputs }) => outputs ?? [])
    .map(({ text, data }) => [text ?? data?.['text/plain'] ?? []].flat().join(''));
}
