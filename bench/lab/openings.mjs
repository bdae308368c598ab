// Opens the long notebook in every variant at once, in turns: a fresh server, a fresh browser and a fresh page for each.
import { join } from 'node:path';
import { startJupyterLab } from '../jupyterlab.mjs';
import { openNotebook } from './in-page.mjs';
import { writeNotebooks } from './notebooks.mjs';
import { inTurns } from './turns.mjs';
import { labPython } from './variants.mjs';

/**
 * Figures by variant. `startBrowser` resolves with a browser of Playwright's and its process. `isRevealAlone` ends when the notebook is
 * revealed, and measures that alone.
 */
export async function measureOpenings(startBrowser, variants, folder, { cells, isRevealAlone }) {
  const labs = await Promise.all(
    variants.map(variant => startLab(startBrowser, variant, join(folder, variant.name), cells))
  );
  try {
    const before = await Promise.all(labs.map(({ cdp }) => workOf(cdp)));
    const started = [];
    const { results, activeMs } = await inTurns(
      labs.map(({ leaders }) => leaders),
      async index => {
        const { page, cdp, server } = labs[index];
        await showLab(page, server);
        started[index] = await workOf(cdp);
        return await page.evaluate(openNotebook, { path: 'long.ipynb', isRevealAlone });
      }
    );
    const figures = await Promise.all(
      labs.map(async ({ cdp }, index) => {
        const { begin, revealed, rendered, writes } = results[index];
        const reveal = { 'open-revealed': activeMs(index, begin, revealed) };
        return isRevealAlone
          ? reveal
          : {
              ...reveal,
              'open-rendered': activeMs(index, begin, rendered),
              'open-writes': writes,
              ...differences(before[index], started[index], await workOf(cdp)),
              heap: await heapOf(cdp)
            };
      })
    );
    return Object.fromEntries(variants.map(({ name }, index) => [name, figures[index]]));
  } finally {
    await Promise.all(labs.map(({ stop }) => stop()));
  }
}

/** Waits until JupyterLab is there. */
export async function showLab(page, server) {
  await page.goto(server.address());
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined, undefined, { timeout: 120_000 });
  await page.evaluate(() => globalThis.jupyterapp.restored);
}

async function startLab(startBrowser, { name, environment }, folder, cells) {
  writeNotebooks(folder, { cells, runs: 1 });
  const home = join(folder, '.home');
  const server = await startJupyterLab({ name, python: labPython, folder, home, environment });
  const { browser, program } = await startBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    server,
    page,
    cdp,
    leaders: [program.process().pid, server.process.pid],
    stop: async () => {
      await browser.close();
      await program.kill();
      await server.stop();
    }
  };
}

/** What the main thread has done since the page was made, in processor time: a busy machine changes that least. */
async function workOf(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  return {
    processorMs: of.TaskDuration * 1000,
    scriptMs: of.ScriptDuration * 1000,
    layouts: of.LayoutCount,
    styles: of.RecalcStyleCount
  };
}

function differences(before, started, after) {
  return {
    'start-processor': started.processorMs - before.processorMs,
    'open-processor': after.processorMs - started.processorMs,
    'open-script': after.scriptMs - started.scriptMs,
    'open-layouts': after.layouts - started.layouts,
    'open-styles': after.styles - started.styles
  };
}

async function heapOf(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
