// Runs a notebook in one variant: a fresh server, a fresh page a notebook, and for extensions a second page under the profiler.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startJupyterLab } from '../jupyterlab.mjs';
import { openNotebook, runNotebook, watchTimers } from './in-page.mjs';
import { showLab } from './openings.mjs';
import { labPython, OURS } from './variants.mjs';

const SAMPLE_EVERY_US = 200;
/** After this nothing that ended should have a timer left. */
const SETTLING_MS = 4000;

/** Values by figure. `isProfiled` adds those that cost speed to measure. */
export async function measureRuns(browser, variant, folder, { isProfiled }) {
  const { name, environment } = variant;
  const home = join(folder, `.home-${name}`);
  const server = await startJupyterLab({ name, python: labPython, folder, home, environment });
  try {
    const values = {
      ...(await measureRun(browser, server, 'notebook:run-all-cells', 'run-all')),
      ...(variant.name === OURS ? await measureRun(browser, server, 'launchbook:run-phase', 'run-phase') : {})
    };
    return isProfiled && variant.code ? { ...values, ...(await profile(browser, server, variant)) } : values;
  } finally {
    await server.stop();
  }
}

async function measureRun(browser, server, command, name) {
  return await inPage(browser, server, async page => {
    await page.evaluate(openNotebook, { path: 'run.ipynb' });
    const { totalMs, blockedMs } = await page.evaluate(runNotebook, { command });
    return { [`${name}-total`]: totalMs, [`${name}-blocked`]: blockedMs };
  });
}

/** Main-thread time below the extension's own functions: while opening, and per executed cell. And its timers afterwards. */
async function profile(browser, server, variant) {
  const opening = await inPage(browser, server, async (page, cdp) => {
    const { spentMs } = await profiled(cdp, variant, () =>
      page.evaluate(openNotebook, { path: 'long.ipynb' })
    );
    return { 'open-time': spentMs };
  });
  const running = await inPage(browser, server, async (page, cdp) => {
    await page.evaluate(openNotebook, { path: 'run.ipynb' });
    const { spentMs, result } = await profiled(cdp, variant, () =>
      page.evaluate(runNotebook, { command: 'notebook:run-all-cells' })
    );
    return { 'cell-time': spentMs / result.cells };
  });
  const afterwards = await inPage(
    browser,
    server,
    async page => {
      await page.evaluate(openNotebook, { path: 'run.ipynb' });
      await page.evaluate(runNotebook, { command: 'notebook:run-all-cells' });
      await page.waitForTimeout(SETTLING_MS);
      const timers = await page.evaluate(() => globalThis.runningTimers());
      return { 'idle-timers': timers.length };
    },
    variant.code
  );
  return { ...opening, ...running, ...afterwards };
}

async function profiled(cdp, variant, act) {
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
  await cdp.send('Profiler.start');
  const result = await act();
  const { profile: seen } = await cdp.send('Profiler.stop');
  if (process.env.LAUNCHBOOK_PROFILES) {
    writeFileSync(
      join(process.env.LAUNCHBOOK_PROFILES, `${variant.name}-${Date.now()}.cpuprofile`),
      JSON.stringify(seen)
    );
  }
  return { result, spentMs: timeBelow(seen, variant.code) };
}

/** Milliseconds of the samples that have a function of `code` somewhere on their stack. */
function timeBelow({ nodes, samples, timeDeltas }, code) {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const below = new Set();
  const mark = (node, isBelow) => {
    const own = isBelow || node.callFrame.url.includes(code);
    if (own) {
      below.add(node.id);
    }
    node.children?.forEach(child => mark(byId.get(child), own));
  };
  mark(nodes[0], false);
  return samples.reduce((sum, id, index) => sum + (below.has(id) ? timeDeltas[index] : 0), 0) / 1000;
}

async function inPage(browser, server, use, timersOf = null) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    if (timersOf !== null) {
      await page.addInitScript(watchTimers, timersOf);
    }
    const cdp = await context.newCDPSession(page);
    await showLab(page, server);
    return await use(page, cdp);
  } finally {
    await context.close();
  }
}
