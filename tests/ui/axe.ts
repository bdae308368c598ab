// Runs axe-core, the checker of accessibility rules, on parts of the page. Only what our extension draws is judged:
// JupyterLab around it is not ours to mend.
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { ROOT } from './launchbook.js';

const SOURCE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Fails with every broken rule and the nodes that break it. `selector` has to match something that is visible. */
export async function expectAccessible(page: Page, selector: string): Promise<void> {
  await expect(page.locator(selector).first()).toBeVisible();
  await page.evaluate(SOURCE);
  const results = await page.evaluate(async part => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: { include: string[] }, options: RunOptions): Promise<AxeResults> };
    };
    return await axe.run({ include: [part] }, { resultTypes: ['violations'] });
  }, selector);
  const faults = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(node => `${id}: ${help}\n  ${node.target.join(' ')}\n  ${node.failureSummary ?? ''}`)
  );
  expect(faults, `accessibility of ${selector}`).toEqual([]);
  expect(results.passes.length, `rules that applied to ${selector}`).toBeGreaterThan(0);
}
