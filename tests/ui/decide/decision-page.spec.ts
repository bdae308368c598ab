// Somebody decides on a phone: from the link to "counted" with a passkey of Chromium's virtual authenticator, and everything that can
// happen on the way.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from '../axe.js';
import { keepPicture } from '../picture.js';
import { expect, test } from '../test.js';
import { enrol, expectState, PHONE, startSite, type DecideSite } from './decide-site.js';
import { touchDevice, verifyHolder } from './virtual-device.js';

let site: DecideSite;

test.beforeEach(async () => {
  site = await startSite();
});
test.afterEach(() => site.end());

/** A phone on which Bob has enrolled, with the page open. */
async function openAsBob(browser: Browser, scheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ ...PHONE, colorScheme: scheme });
  const faults: string[] = [];
  const watch = (page: Page): void => {
    page.on('console', message => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', error => faults.push(String(error)));
  };
  context.on('page', watch);
  const { page, device } = await enrol(context, site, 'bob');
  await page.goto(site.address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('QA sign-off');
  return { context, page, device, faults };
}

for (const scheme of ['light', 'dark'] as const) {
  test(`from the link to counted, in the ${scheme}${scheme === 'dark' ? ' @proof' : ''}`, async ({
    browser
  }) => {
    const suffix = scheme === 'dark' ? '-dark' : '';
    const { page, faults } = await openAsBob(browser, scheme);
    await expectAccessible(page, 'body');
    await keepPicture(page, `decide-reading${suffix}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    // One touch and the gesture: who decides is known on this device.
    await page.getByRole('button', { name: 'Approve' }).tap();
    await expectState(page, 'counted', /^Counted: the record of the run has what you signed\.$/);
    await expectAccessible(page, 'body');
    await keepPicture(page, `decide-counted${suffix}`);
    expect(await site.run.answer).toMatchObject({ by: { username: 'bob', grade: 'signed' } });
    expect(site.run.approval().decisions[0]!.signature).toMatchObject({
      means: 'passkey',
      origin: site.origin
    });
    expect(site.run.refusals).toEqual([]);
    expect(faults).toEqual([]);
  });
}

test('enrolment shows line, fingerprint and the way to a review @proof', async ({ browser }) => {
  for (const scheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ ...PHONE, colorScheme: scheme });
    const { page } = await enrol(context, site, 'bob', { isSynced: scheme === 'dark' });
    await expect(page.getByText(/^SHA256:[\w+/]{43}$/)).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveValue(
      scheme === 'dark' ? / passkey synced / : / passkey device-bound /
    );
    await expectAccessible(page, 'body');
    await keepPicture(page, `decide-enrolled${scheme === 'dark' ? '-dark' : ''}`);
  }
});

test('a name that launchbook.yml cannot have is refused before a passkey is made @proof', async ({
  page
}) => {
  await page.goto(site.enrolment);
  await page.getByLabel('You are').fill('Bob Ray');
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('letters, digits');
});

test('without verification of the person nothing is signed @proof', async ({ browser }) => {
  const { page, device } = await openAsBob(browser);
  await verifyHolder(device, false);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expect(page.getByRole('alert')).toContainText('Nothing was signed');
  expect(site.run.approval().status).toBe('pending');
  await verifyHolder(device, true);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted/);
});

test('a rejection needs its reason, and counts as one @proof', async ({ browser }) => {
  const { page } = await openAsBob(browser);
  await page.getByRole('button', { name: 'Reject' }).tap();
  await expect(page.getByRole('alert')).toHaveText('A rejection needs its reason: write it in the comment.');
  await expect(page.getByLabel(/^Comment/)).toBeFocused();
  await keepPicture(page, 'decide-reason');
  await page.getByLabel(/^Comment/).fill('The tea was cold');
  await page.getByRole('button', { name: 'Reject' }).tap();
  await expectState(page, 'counted', /^Counted/);
  expect(site.run.approval()).toMatchObject({
    status: 'rejected',
    decisions: [{ comment: 'The tea was cold' }]
  });
});

test('who has no passkey is told so, and can choose who they are with one touch @proof', async ({
  browser
}) => {
  const { page } = await openAsBob(browser);
  await page.getByLabel('ann').check();
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expect(page.getByRole('alert')).toContainText('allowed_signers has no passkey of ann');
});

test('what changes while somebody reads cannot be signed any more', async ({ browser }) => {
  const { page } = await openAsBob(browser);
  const cells = site.run.notebook.read().cells as unknown as Parameters<typeof site.run.save>[0];
  site.run.save(cells.map(cell => (cell.id === 'ship' ? { ...cell, source: '3 + 3' } : cell)));
  await expectState(page, 'changed', /^This has changed while you read.* The step “2 \+ 2” was edited\.$/);
  await expect(page.getByRole('button', { name: 'Approve' })).toBeHidden();
  await expectAccessible(page, 'body');
  await keepPicture(page, 'decide-changed');
  site.run.save(cells);
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
});

test('a question that is asked anew leads to the new one @proof', async ({ browser }) => {
  const { page } = await openAsBob(browser);
  const { id } = await site.run.ask({ question: 'And with the new build?' });
  await expectState(page, 'changed', /The question was asked anew\. The question has changed\./);
  await page.getByRole('link', { name: 'See the new question' }).tap();
  await expect(page).toHaveURL(site.addressOf(id));
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted/);
});

test('a server that shows other evidence than is bound is found out by the page @proof', async ({
  browser
}) => {
  const context = await browser.newContext(PHONE);
  const { page } = await enrol(context, site, 'bob');
  await page.route(site.address, async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('305 ms', '30 ms') });
  });
  await page.goto(site.address);
  await expectState(
    page,
    'barred',
    /not what the run asks about \(the evidence “Smoke test”\)\. Do not sign/
  );
  await expect(page.getByRole('button', { name: 'Approve' })).toBeHidden();
  await keepPicture(page, 'decide-barred');
});

test('a page inside of another one does not load; where it would, it does not sign @proof', async ({
  browser
}) => {
  const { context, page } = await openAsBob(browser);
  const frame = `<!doctype html><title>x</title><iframe src="${site.address}"></iframe>`;
  await page.route('**/evil', route => route.fulfill({ contentType: 'text/html', body: frame }));
  await page.goto(new URL('/evil', site.address).href);
  await expect(page.frameLocator('iframe').getByRole('heading')).toHaveCount(0);
  await page.route(site.address, async route => {
    const response = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(response.headers()).filter(([name]) => name !== 'content-security-policy')
    );
    await route.fulfill({ response, headers });
  });
  await page.goto(new URL('/evil', site.address).href);
  await expect(page.frameLocator('iframe').locator('#state')).toHaveText(/shown inside of another one/);
  await expect(page.frameLocator('iframe').getByRole('button', { name: 'Approve' })).toBeHidden();
  await context.close();
});

test('two tabs: the second says that it is decided @proof', async ({ browser }) => {
  const { context, page } = await openAsBob(browser);
  const second = await context.newPage();
  await second.goto(site.address);
  await expect(second.getByRole('button', { name: 'Approve' })).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted/);
  await expectState(second, 'settled', /^Approved by bob \(signed\) at .*UTC/);
  await expect(second.getByRole('button', { name: 'Approve' })).toBeHidden();
  await keepPicture(second, 'decide-settled');
});

test('of two that are needed the first counts and says so @proof', async ({ browser }) => {
  await site.end();
  site = await startSite({ approvals: { required: 2 } });
  const { page } = await openAsBob(browser);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted.* 1 of 2 have approved\.$/);
});

test('without a connection the signed decision can be copied, outlives the page and is sent by itself', async ({
  browser
}) => {
  const { context, page } = await openAsBob(browser);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'no-connection', /kept on this device and sent again by itself/);
  await expect(page.getByRole('textbox', { name: 'Your signed decision' })).toHaveValue(/^launchbook2\./);
  await expectAccessible(page, 'body');
  await keepPicture(page, 'decide-no-connection');
  // The page is closed, and opened again when there is a connection.
  await page.close();
  await context.setOffline(false);
  expect(site.run.approval().status).toBe('pending');
  const again = await context.newPage();
  await again.goto(site.address);
  await expectState(again, 'counted', /^Counted/);
});

test('a server that is away meanwhile gets it when it is back @proof', async ({ browser }) => {
  const { page } = await openAsBob(browser);
  await site.stopServer();
  await expect(page.getByText('No connection: what you see may be old.')).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'no-connection', /sent again by itself/);
  await site.startServer();
  await expectState(page, 'counted', /^Counted/);
});

test('while the clock of the server is behind the record nothing can be decided, and then it can @proof', async ({
  browser
}) => {
  const { page, faults } = await openAsBob(browser);
  const now = Date.now;
  Date.now = () => now() - 90 * 60_000;
  try {
    await expectState(page, 'barred', /behind the record of the run\. Tell the driver\.$/);
    await expect(page.getByRole('button', { name: 'Approve' })).toBeHidden();
  } finally {
    Date.now = now;
  }
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted/);
  expect(faults).toEqual([]);
});

test('what the run refuses is said with its reason, and can be signed again @proof', async ({ browser }) => {
  const { page } = await openAsBob(browser);
  site.run.masking.learn({ name: 'key', value: 'S3cret-S3cret' });
  await page.getByLabel(/^Comment/).fill('with S3cret-S3cret');
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'refused', /^Not counted: .*holds a secret/);
  await keepPicture(page, 'decide-refused');
  await page.getByLabel(/^Comment/).fill('Ordered a tea');
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted/);
});

test('a question that expires while somebody reads says so @proof', async ({ browser }) => {
  await site.end();
  site = await startSite({ params: { timeoutMs: 6_000 } });
  const { page } = await openAsBob(browser);
  await expectState(page, 'settled', /^Expired at .*/);
  await expect(page.getByRole('button', { name: 'Approve' })).toBeHidden();
});

test('the keyboard alone decides, and the focus is on what came of it @proof', async ({ browser }) => {
  const { page } = await openAsBob(browser);
  await page.locator('body').focus();
  const approve = page.getByRole('button', { name: 'Approve' });
  for (
    let count = 0;
    count < 20 && !(await approve.evaluate(node => node === document.activeElement));
    count += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expectState(page, 'counted', /^Counted/);
  await expect(page.locator('#state')).toBeFocused();
});

test('while the device asks the page says so, and nothing is signed before it was touched @proof', async ({
  browser
}) => {
  const { page, device } = await openAsBob(browser);
  await touchDevice(device, false);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'signing', /^Your device asks you now/);
  await expect(page.getByRole('button', { name: 'Approve' })).toBeDisabled();
  await keepPicture(page, 'decide-signing');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Approve' })).toBeEnabled();
  expect(site.run.approval().status).toBe('pending');
});

test('a form is answered, and what is missing is said @proof', async ({ browser }) => {
  await site.end();
  site = await startSite({
    params: {
      form: [
        { name: 'when', label: 'When', type: 'choice', choices: ['tonight', 'tomorrow'], required: true },
        { name: 'note', label: 'Watch', type: 'boolean', choices: [], required: false }
      ]
    }
  });
  const { page } = await openAsBob(browser);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expect(page.getByRole('alert')).toHaveText('Answer “When” before you approve.');
  await page.getByLabel('When').selectOption('tonight');
  await page.getByLabel(/^Watch/).check();
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted/);
  expect(site.run.approval().decisions[0]!.values).toEqual({ when: 'tonight', note: true });
});

test('on a slow line it is read within three seconds @proof', async ({ browser }) => {
  const context: BrowserContext = await browser.newContext(PHONE);
  const { page, device } = await enrol(context, site, 'bob');
  await device.session.send('Network.enable');
  await device.session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 250,
    downloadThroughput: 20_000,
    uploadThroughput: 20_000
  });
  const begun = Date.now();
  await page.goto(site.address);
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
  const read = Date.now() - begun;
  console.log(`read after ${read} ms at 250 ms delay and 20 kB/s`);
  expect(read).toBeLessThan(3_000);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await expectState(page, 'counted', /^Counted/);
});
