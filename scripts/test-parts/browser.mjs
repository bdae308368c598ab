// The extension in a real Chromium against a real JupyterLab: Playwright, counts from its JSON report.
import { join } from 'node:path';
import { productNode, root } from '../set-up/places.mjs';
import { reportFile, runPart } from './run-part.mjs';

/**
 * `chromium` is the browser's path; the configuration reads it from LAUNCHBOOK_CHROMIUM. Give `--retries=1` where a
 * busy machine must not refuse the whole: what passed on the second try only is counted and named as such.
 */
export function runBrowserTests(chromium, extraArgs = []) {
  const report = reportFile('browser.json');
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const configuration = join(root, 'tests', 'ui', 'playwright.config.ts');
  return runPart({
    program: productNode(),
    args: [playwright, 'test', `--config=${configuration}`, '--reporter=list,json', ...extraArgs],
    env: { LAUNCHBOOK_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    report,
    read: text => countsOf(JSON.parse(text))
  });
}

/** Errors outside of tests count as failures. */
function countsOf({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    passedOnRetry: stats.flaky
  };
}
