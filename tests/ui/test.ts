// Playwright's `test`, which closes after each test what the test has opened: an open page goes on asking a server that is gone,
// and a few of them keep the machine busy.
import { test as base } from '@playwright/test';

export { expect } from '@playwright/test';

export const test = base.extend<{ readonly closedContexts: void }>({
  closedContexts: [
    async ({ browser }, use) => {
      await use();
      // One that a closed page is closing already is as good.
      await Promise.all(browser.contexts().map(context => context.close().catch(() => undefined)));
    },
    { auto: true }
  ]
});
