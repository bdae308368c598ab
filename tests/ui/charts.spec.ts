// Charts below a cell: drawn by the front end, with names for screen readers and with what the pointer is at.
import type { Lab } from './lab.js';
import { expect, test } from './test.js';

const CHARTS = `display.lineChart(
  [{ minute: 1, 注文: 4, عربي: 7 }, { minute: 2, 注文: 6, عربي: 3 }, { minute: 3, 注文: 5, عربي: 9 }],
  { title: 'Orders a minute 🍵' }
);
display.barChart([{ service: 'orders', before: 20, after: 3 }, { service: 'payments', before: 8, after: 1 }]);
display.timeline([
  { label: 'Deploy', start: '2026-11-22T07:50:00Z', end: '2026-11-22T07:52:00Z', status: 'passed' },
  { label: 'Soak', start: '2026-11-22T07:52:00Z', end: '2026-11-22T07:58:00Z', status: 'failed' }
], { title: 'The night' });`;
const NAMES = [/^Orders a minute 🍵/, /^before, after/, /^The night/];

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

for (const [application, place] of [
  ['JupyterLab', '/lab/tree/'],
  ['Notebook 7', '/notebooks/']
] as const) {
  test(
    `${application} draws every chart, with what the pointer is at`,
    { tag: '@proof' },
    async ({ browser }) => {
      const name = `charts-${place.length}.ipynb`;
      lab.write(name, 'launchbook', [{ id: 'charts', source: CHARTS }]);
      const page = await browser.newPage();
      await page.goto(lab.address(name).replace('/lab/tree/', place));
      const drawn = page.locator('.vega-embed [role="graphics-document"]');
      // A key that comes before the kernel runs nothing.
      await expect(async () => {
        await page.locator('.jp-CodeCell .jp-InputPrompt').first().click();
        await page.keyboard.press('Control+Enter');
        await expect(drawn).toHaveCount(3, { timeout: 15_000 });
      }).toPass({ timeout: 90_000 });

      await test.step('all three, in their order, with their names for screen readers', async () => {
        for (const [index, chart] of NAMES.entries()) {
          await expect(drawn.nth(index)).toHaveAttribute('aria-label', chart);
          await expect(drawn.nth(index)).toBeVisible();
        }
        await expect(page.locator('.jp-OutputArea-output img')).toHaveCount(0);
      });

      await test.step('a bar tells its value', async () => {
        await drawn.nth(1).scrollIntoViewIfNeeded();
        const tooltip = page.locator('#vg-tooltip-element');
        const box = (await drawn.nth(1).boundingBox())!;
        for (let share = 0.2; share < 0.8 && !(await tooltip.isVisible()); share += 0.05) {
          await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * share, { steps: 4 });
          await page.waitForTimeout(100);
        }
        await expect(tooltip).toHaveText(/^(orders|payments) · (before|after): \d+$/);
      });
    }
  );
}
