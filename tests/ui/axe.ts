// Runs axe-core, the checker of accessibility rules, on parts of the page. Only what our extension draws is judged:
// JupyterLab around it is not ours to fix.
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { ROOT } from './root.js';

const SOURCE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Fails with every broken rule and the nodes that break it. `selector` has to match something that is visible. */
export async function expectAccessible(page: Page, selector: string): Promise<void> {
  const part = page.locator(selector).first();
  await expect(part).toBeVisible();
  // What is scrolled out of sight is not judged, and a change of theme moves the cells.
  await part.scrollIntoViewIfNeeded();
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(SOURCE);
  }
  const results = await page.evaluate(async included => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: { include: string[] }, options: RunOptions): Promise<AxeResults> };
    };
    // JupyterLab's body has no height and clips; axe believes what is in it to be invisible, and judges next to nothing.
    document.body.style.height = '100vh';
    // A page out of sight has no clocks: a text that changes while axe reads it is taken for two texts.
    const see = (isHidden: boolean): void => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    see(true);
    try {
      return await axe.run({ include: [included] }, { resultTypes: ['violations', 'passes'] });
    } finally {
      see(false);
      document.body.style.height = '';
    }
  }, selector);
  const faults = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(node => `${id}: ${help}\n  ${node.target.join(' ')}\n  ${node.failureSummary ?? ''}`)
  );
  expect(faults, `accessibility of ${selector}`).toEqual([]);
  const unsure = results.incomplete.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? ''}`)
  );
  expect(
    results.passes.map(({ id }) => id),
    `rules that applied to ${selector}; not sure about\n${unsure.join('\n')}`
  ).toContain('color-contrast');
}
