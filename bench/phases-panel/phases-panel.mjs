// `node bench/phases-panel/phases-panel.mjs`: how long the phases panel takes to follow one changed step in a notebook with
// 1,560 code cells in 120 phases. The panel is the compiled one, in a real Chromium; nothing of JupyterLab is around it.
// Each change is measured in several new pages, and counts with the median of them: what takes long in one of them alone is the machine or a
// collection of garbage. Ends with 1 when a change takes longer than a frame of the screen; also one of the first, which run uncompiled.
import { chromium } from '@playwright/test';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { extname, join, normalize } from 'node:path';
import { findChromium } from '../../scripts/set-up/find-chromium.mjs';
import { root } from '../../scripts/set-up/places.mjs';
import { summarize } from '../statistics.mjs';

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };
const PAGE = `<!doctype html><link rel="stylesheet" href="/style/index.css"><div class="lb-Phases" style="height: 800px"></div>`;
const FRAME_MS = 16;
const ROUNDS = 5;

if (!existsSync(join(root, 'lib/labextension/phases/phases-view.js'))) {
  console.error('The extension is not compiled. Run "npm run build" first.');
  process.exit(1);
}
const server = createServer(serve).listen(0, '127.0.0.1');
await once(server, 'listening');
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu']
});
try {
  for (const [name, isOpen] of [
    ['only the running phase open', false],
    ['every phase open', true]
  ]) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push(await measureInNewPage(isOpen));
    }
    const used = summarize(rounds.map(({ processorMs }) => processorMs)).median;
    console.log(`${name}, processor time of the page: ${used.toFixed(2)} ms a change`);
    print(`${name}, script`, mediansOf(rounds.map(({ script }) => script)));
    const layout = mediansOf(rounds.map(round => round.layout));
    print(`${name}, script and layout`, layout);
    process.exitCode ||= layout.some(value => value >= FRAME_MS) ? 1 : 0;
  }
} finally {
  await browser.close();
  server.close();
}

/** Milliseconds of each change, and what the page needs of a processor for one, with painting. */
async function measureInNewPage(isOpen) {
  const page = await browser.newPage({ viewport: { width: 300, height: 800 } });
  const tools = await page.context().newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const processorMs = async () => {
    const { metrics } = await tools.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const before = await processorMs();
  const found = await page.evaluate(async areOpen => {
    const { measure } = await import('/bench/phases-panel/in-page.mjs');
    return await measure({ phases: 120, stepsPerPhase: 13, updates: 300, areOpen });
  }, isOpen);
  const used = (await processorMs()) - before;
  await page.close();
  return { ...found, processorMs: used / found.layout.length };
}

/** Of each change. */
function mediansOf(rounds) {
  return rounds[0].map((_first, change) => summarize(rounds.map(values => values[change])).median);
}

function print(name, values) {
  const { median, most, samples } = summarize(values);
  const share = values.filter(value => value <= FRAME_MS).length / samples;
  const figures = `median ${median.toFixed(2)} ms, most ${most.toFixed(2)} ms`;
  console.log(`${name}: ${figures}, ${(100 * share).toFixed(1)} % of ${samples} within ${FRAME_MS} ms`);
}

function serve(request, response) {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  const file = join(root, path);
  if (path === '/') {
    response.setHeader('content-type', 'text/html').end(PAGE);
  } else if (/^\/(lib|style|bench)\//.test(path) && existsSync(file)) {
    response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain');
    createReadStream(file).pipe(response);
  } else {
    response.writeHead(404).end();
  }
}
