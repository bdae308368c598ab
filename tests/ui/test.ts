// Playwright's `test`, with one JupyterLab for all test files of a worker. After each test what it has opened is closed and its kernels
// are ended: an open page goes on asking, and a few of them keep the machine busy.
import { test as base } from '@playwright/test';
import { Labs } from './labs.js';

export { expect } from '@playwright/test';

export const test = base.extend<{ readonly closed: void }, { readonly labs: Labs }>({
  labs: [
    async ({}, use) => {
      const labs = new Labs();
      await use(labs);
      await labs.stop();
    },
    { scope: 'worker', timeout: 120_000 }
  ],
  closed: [
    async ({ browser, labs }, use) => {
      await use();
      // One that a closed page is closing already is as good.
      await Promise.all(browser.contexts().map(context => context.close().catch(() => undefined)));
      await labs.endKernels();
    },
    { auto: true }
  ]
});
