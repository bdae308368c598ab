// A click goes to what was under the pointer when it began, whoever acts meanwhile.
import type { Lab } from '../lab.js';
import { runCell, wheelIn, writeRun } from '../people.js';
import { expect, test } from '../test.js';

const PROOF = { tag: '@proof' } as const;

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

test('nothing moves under a pressed mouse while somebody else acts', PROOF, async ({ browser }) => {
  const name = writeRun(lab, { folder: 'pressed', sources: ["console.log('one')", "console.log('two')"] });
  const driver = await lab.open(browser, name);
  await runCell(driver, "'one'");
  await expect(driver.locator('.lb-Timing').first()).toHaveAttribute('data-status', 'passed');
  const other = await lab.open(browser, name);
  await expect(wheelIn(driver)).toContainText('watching');
  const prompt = driver.locator('.jp-CodeCell .jp-InputPrompt').last();
  await prompt.hover();
  const before = await prompt.boundingBox();
  await driver.mouse.down();
  await wheelIn(other).getByRole('button', { name: 'Ask for the wheel' }).click();
  await expect(wheelIn(other)).toContainText('asked');
  expect(await prompt.boundingBox()).toEqual(before);
  await expect(wheelIn(driver).getByRole('button', { name: 'Keep the wheel' })).toHaveCount(0);
  await driver.mouse.up();
  await expect(wheelIn(driver).getByRole('button', { name: 'Keep the wheel' })).toBeVisible();
  await expect(driver.locator('.jp-CodeCell').last()).toHaveClass(/jp-mod-active/);
});
