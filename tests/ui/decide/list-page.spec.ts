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
      await page.getByRole('listitem').filter({ hasText: 'Open the dashboards' }).getByText('Done').tap();
      await expect(page.getByRole('alert')).toHaveText('“Open the dashboards” is the task of ann.');
      await page.getByLabel('Comment').fill('Told all of them');
      await page.getByRole('listitem').filter({ hasText: 'Tell the shops' }).getByText('Done').tap();
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
