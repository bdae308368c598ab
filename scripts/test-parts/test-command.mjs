// The command line of `npm test`: which parts run, and their sum. A part that ran no test fails the whole.
import { parseArgs } from 'node:util';
import { buildProduct } from '../set-up/build-product.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { prepareTests } from '../set-up/prepare-tests.mjs';
import { orExplain } from '../set-up/set-up-fault.mjs';
import { runBrowserTests } from './browser.mjs';
import { runConformanceTests } from './conformance.mjs';
import { runJestTests } from './jest.mjs';

const HELP = `Usage: npm test [-- [--unit] [pattern...]]

Installs what is missing, builds what is stale and runs the tests: jest, the kernel against Jupyter's own client and
test-suite (pytest), and the extension in Chromium (Playwright). The last line is "N passed, N failed, N skipped".

Arguments:
  pattern   run only the jest tests whose path matches

Options:
  --unit    only the jest tests that need neither Python nor a browser (npm run test:unit)

Examples:
  npm test
  npm run test:unit -- contract/reduce`;

export async function test(args) {
  await orExplain('test', async () => {
    const options = { unit: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) {
      console.log(HELP);
      return;
    }
    const parts = await (values.unit ? prepareUnitParts(positionals) : prepareAllParts(positionals));
    const results = [];
    for (const { name, run } of parts) {
      console.log(`\n── ${name} ──`);
      results.push({ name, ...(await run()) });
    }
    conclude(results);
  });
}

async function prepareUnitParts(patterns) {
  await installNpmDependencies();
  await buildProduct({ tests: true });
  return [{ name: 'jest', run: () => runJestTests({ patterns, unitOnly: true }) }];
}

async function prepareAllParts(patterns) {
  await prepareTests({ forBrowser: patterns.length === 0 });
  const jest = { name: 'jest', run: () => runJestTests({ patterns, unitOnly: false }) };
  if (patterns.length > 0) {
    return [jest];
  }
  const chromium = await findChromium();
  return [
    jest,
    { name: 'conformance', run: runConformanceTests },
    { name: 'browser', run: () => runBrowserTests(chromium, ['--retries=1']) }
  ];
}

function conclude(results) {
  const sum = field => results.reduce((total, result) => total + result[field], 0);
  console.log('');
  for (const { name, passed, failed, skipped, passedOnRetry = 0, exitCode } of results) {
    const empty = passed + failed === 0 ? ': it ran no test' : '';
    const odd = exitCode !== 0 && failed === 0 ? ` (ended with ${exitCode})` : '';
    const again =
      passedOnRetry > 0 ? ` (${passedOnRetry} of the passed on the second try: a fault to look at)` : '';
    console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped${empty}${odd}${again}`);
    if (empty || failed > 0 || exitCode !== 0) {
      process.exitCode = 1;
    }
  }
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
}
