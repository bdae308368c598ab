// `node bench/holds/click.mjs`: how long a click takes to be confirmed while a cell runs an infinite loop. A checklist waits in the
// cell, every item is ticked by the mouse in a real JupyterLab, and the time ends when the page shows who ticked it: the record
// is then on the disk. Ends with 0 when the target is met.
import { chromium } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../scripts/set-up/find-chromium.mjs';
import { venvProgram } from '../../scripts/set-up/places.mjs';
import { startJupyterLab } from '../jupyterlab.mjs';

const CLICKS = 100;
/** The target, in milliseconds at the 95th percentile. */
const AT_MOST_MS = 200;
const CELL = `void checklist('Clicks', Array.from({ length: ${CLICKS} }, (_, n) => 'Item ' + n));
await new Promise(resolve => setTimeout(resolve, 2000));
for (;;) {}`;

const times = (await measureClicks()).toSorted((a, b) => a - b);
const p95 = times[Math.ceil(CLICKS * 0.95) - 1];
const isMet = p95 <= AT_MOST_MS;
console.log(
  `${isMet ? 'met    ' : 'NOT MET'}  click confirmed during an infinite loop: median ${times[CLICKS / 2].toFixed(0)} ms, 95 % within ${p95.toFixed(0)} ms (at most ${AT_MOST_MS}), most ${times.at(-1).toFixed(0)} ms, ${CLICKS} clicks`
);
process.exitCode = isMet ? 0 : 1;

/** Milliseconds of each click. */
async function measureClicks() {
  const home = mkdtempSync(join(tmpdir(), 'launchbook-clicks-'));
  const folder = join(home, 'notebooks');
  mkdirSync(folder);
  writeFileSync(join(folder, 'loop.ipynb'), JSON.stringify(notebook()));
  const server = await startJupyterLab({ name: 'clicks', python: venvProgram('python'), folder, home });
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu']
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(server.address('loop.ipynb'));
    await page.getByText('TypeScript (Launchbook) | Idle').waitFor({ timeout: 60_000 });
    await page.locator('.jp-CodeCell .jp-InputPrompt').first().click();
    await page.keyboard.press('Control+Enter');
    await page
      .locator('.jp-OutputArea .lb-Checklist-item')
      .nth(CLICKS - 1)
      .waitFor();
    await page.waitForTimeout(2500);
    const values = [];
    for (let index = 0; index < CLICKS; index++) {
      values.push(await click(page, index));
    }
    return values;
  } finally {
    await browser.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function click(page, index) {
  const item = page.locator('.jp-OutputArea .lb-Checklist-item').nth(index);
  await item.scrollIntoViewIfNeeded();
  await item.evaluate(node => {
    const detail = node.querySelector('.lb-Checklist-detail');
    node.measured = new Promise(resolve => {
      let beganMs = 0;
      node.addEventListener('pointerdown', () => (beganMs = performance.now()), {
        once: true,
        capture: true
      });
      new MutationObserver(() => detail.textContent !== '' && resolve(performance.now() - beganMs)).observe(
        detail,
        {
          childList: true,
          characterData: true,
          subtree: true
        }
      );
    });
  });
  await item.locator('input').click();
  return await item.evaluate(node => node.measured);
}

function notebook() {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' }
    },
    cells: [{ cell_type: 'code', id: 'loop', metadata: {}, execution_count: null, outputs: [], source: CELL }]
  };
}
