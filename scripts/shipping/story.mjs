// The story of a run in a browser, in whatever serves it: it is opened, executed to its hold point, approved there, and goes on to its end.
import { chromium, expect } from '@playwright/test';

const SLOW_MS = 90_000;

/** A browser that opens no connection of its own. */
export async function openBrowser(path) {
  return await chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update'
    ]
  });
}

/** Opens `url`, a run of the template in JupyterLab or Notebook 7, in a page of its own, and brings it to its end. Returns what the page said to its console. */
export async function tellStory(browser, url) {
  const { page, said } = await openPage(browser, url);
  try {
    await runAll(page);
    await approve(page);
    await tickAll(page);
    await save(page);
  } catch (error) {
    const shown = await page.locator('.jp-OutputArea-output, .jp-Dialog').allInnerTexts();
    throw new Error(`${error.message}\nThe outputs: ${shown.join('\n')}`, { cause: error });
  } finally {
    await page.context().close();
  }
  return said;
}

/** A page in a context of its own, and all that it says to its console from the beginning. `before`: what the person does before they open `url`; `endsTour`: whether the tour that a first run offers is ended at once. */
export async function openPage(browser, url, { before, endsTour = true } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const said = [];
  page.on('console', message =>
    said.push({ type: message.type(), text: message.text(), place: message.location().url })
  );
  page.on('pageerror', error => said.push({ type: 'error', text: error.stack ?? error.message, place: '' }));
  if (endsTour) {
    const endTour = page.getByRole('button', { name: 'End tour' });
    await page.addLocatorHandler(endTour, async () => await endTour.click());
  }
  await before?.(page);
  await page.goto(url, { timeout: SLOW_MS });
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor({ timeout: SLOW_MS });
  await expect
    .poll(() => page.evaluate(kernelStates), { timeout: SLOW_MS })
    .toEqual([expect.stringMatching(/^(idle|busy)$/)]);
  return { page, said };
}

/** In the page: how the kernels are that a page is connected to. JupyterLab shows one as idle before there is one, and asks whoever runs a cell then. */
async function kernelStates() {
  const { baseUrl } = JSON.parse(document.getElementById('jupyter-config-data').textContent);
  // A hub asks for it of pages too.
  const headers = { 'X-XSRFToken': /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '' };
  const sessions = await (await fetch(`${baseUrl}api/sessions`, { headers })).json();
  return sessions.filter(({ kernel }) => kernel.connections > 0).map(({ kernel }) => kernel.execution_state);
}

export async function runAll(page) {
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: /^Run All Cells$/ }).click();
}

/** Decides the hold point, once it waits. */
export async function approve(page) {
  const approval = page.locator('.jp-OutputArea .lb-Approval');
  await expect(approval.getByRole('button', { name: 'Approve' })).toBeVisible({ timeout: SLOW_MS });
  await approval.getByRole('checkbox').check();
  await approval.getByRole('button', { name: 'Approve' }).click();
  await expect(approval.getByText(/Approved by/)).toBeVisible({ timeout: SLOW_MS });
}

/** Ticks the tasks of the closing checklist, and waits for the end of the last cell. */
export async function tickAll(page) {
  const boxes = page.locator('.jp-OutputArea .lb-Checklist').getByRole('checkbox');
  await expect(boxes).toHaveCount(2, { timeout: SLOW_MS });
  for (const index of [0, 1]) {
    await boxes.nth(index).check();
  }
  await expect(page.locator('.jp-InputPrompt', { hasText: '[*]' })).toHaveCount(0, { timeout: SLOW_MS });
}

export async function save(page) {
  await page.locator('.jp-Cell').last().locator('.jp-InputPrompt').click();
  await page.keyboard.press('Control+s');
  await expect(page.locator('.jp-mod-dirty')).toHaveCount(0, { timeout: SLOW_MS });
}
