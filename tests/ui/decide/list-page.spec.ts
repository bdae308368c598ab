// The owner of a task reports on a phone that it is done; items of a checklist are ticked there. The cell that waits goes on.
import { expectAccessible } from '../axe.js';
import { keepPicture } from '../picture.js';
import { expect, test } from '../test.js';
import { enrol, expectState, PHONE, startSite, type DecideSite } from './decide-site.js';

let site: DecideSite;

test.beforeEach(async () => {
  site = await startSite();
});
test.afterEach(() => site.end());

const task = (title: string, owner: string) => ({
  title,
  owner,
  deputy: null,
  dueMs: null,
  answerMs: null,
  critical: true,
  hasCheck: false
});

for (const scheme of ['light', 'dark'] as const) {
  test(
    `an owner reports done with one touch and the gesture, in the ${scheme}`,
    scheme === 'dark' ? { tag: '@proof' } : {},
    async ({ browser }) => {
      const { run } = site;
      const { id } = await run.taskLists.assign(await run.admit('look'), {
        name: 'Before go-live',
        tasks: [task('Tell the shops', 'bob'), task('Open the dashboards', 'ann')]
      });
      const context = await browser.newContext({ ...PHONE, colorScheme: scheme });
      const { page } = await enrol(context, site, 'bob');
      await page.goto(site.listAddressOf(run.keeper.state.taskLists[id]!));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Before go-live');
      await expectAccessible(page, 'body');
      await keepPicture(page, `decide-tasks${scheme === 'dark' ? '-dark' : ''}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      const buttonsOf = (title: string) =>
        page.getByRole('listitem').filter({ hasText: title }).getByRole('button');
      await test.step('each reader is offered their own tasks alone', async () => {
        await expect(buttonsOf('Tell the shops')).toHaveText(['Done', 'I take it on']);
        await expect(buttonsOf('Open the dashboards')).toHaveCount(0);
        await page.getByRole('radio', { name: 'ann' }).check();
        await expect(buttonsOf('Tell the shops')).toHaveCount(0);
        await expect(buttonsOf('Open the dashboards')).toHaveText(['Done', 'I take it on']);
        await page.getByRole('radio', { name: 'bob' }).check();
      });
      await page.getByLabel('Comment').fill('Told all of them');
      await buttonsOf('Tell the shops').getByText('Done').tap();
      await expectState(page, 'counted', /^Counted.* 1 of 2 are done\.$/);
      await expectAccessible(page, 'body');
      await keepPicture(page, `decide-task-done${scheme === 'dark' ? '-dark' : ''}`);
      expect(run.keeper.state.taskLists[id]!.tasks[0]).toMatchObject({
        status: 'done',
        heard: { by: { username: 'bob', grade: 'signed' }, comment: 'Told all of them' }
      });
    }
  );
}

test('who has not said who they are is asked before anything is signed', async ({ browser }) => {
  const { run } = site;
  const { id } = await run.taskLists.assign(await run.admit('look'), {
    name: 'Before go-live',
    tasks: [task('Tell the shops', 'bob'), task('Open the dashboards', 'ann')]
  });
  const page = await (await browser.newContext(PHONE)).newPage();
  await page.goto(site.listAddressOf(run.keeper.state.taskLists[id]!));
  await expect(page.getByRole('button', { name: 'Done' })).toHaveCount(2);
  await expect(page.locator('button.approve')).toHaveCount(0);
  await page.getByRole('button', { name: 'Done' }).first().tap();
  await expect(page.getByRole('alert')).toHaveText('Say who you are.');
});

test('a tick on a phone releases the checklist', { tag: '@proof' }, async ({ browser }) => {
  const { run } = site;
  const running = await run.admit('look');
  const items = [{ text: 'Dashboards are open', required: true }];
  let answer!: Promise<void>;
  const id = await new Promise<string>(resolve => {
    answer = run.checklists.ask(running, { name: 'Closing', items }, new AbortController().signal, resolve);
  });
  const { page } = await enrol(await browser.newContext(PHONE), site, 'bob');
  await page.goto(site.listAddressOf(run.keeper.state.checklists[id]!));
  await page.getByRole('button', { name: 'Done' }).tap();
  await expectState(page, 'counted', /^Counted/);
  await answer;
  await keepPicture(page, 'decide-checklist');
});
