// People in the loop, as they see it: two approvers of three people, one driver, the wheel, a revocation, a broken glass.
import { expectAccessible } from './axe.js';
import type { Lab } from './lab.js';
import {
  approvalIn,
  decide,
  openBeside,
  runCell,
  usernameOf,
  wheelIn,
  writePolicy,
  writeRun
} from './people.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const RULES = '{ required: 2, fourEyes: true, comment: true }';
const ASK = `await approval('Go', {
  question: 'May payments follow?',
  form: { when: { label: 'When', choices: ['now', 'tonight'] } },
  evidence: { Orders: '3 of 3 healthy' }
})`;

const ASSIGN = `await gather(await assign('Smoke tests', [
  { task: 'Smoke-test orders', owner: '*', due: '30m' },
  { task: 'Tell support', owner: '*', critical: false }
]))
console.log('all gathered')`;

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

test('two approvers decide, the driver may not, and the wheel goes on by agreement', async ({ browser }) => {
  const name = writeRun(lab, {
    folder: 'two-approvers',
    sources: [ASK, "console.log('batch two')"],
    approvals: RULES
  });
  const driver = await lab.open(browser, name);
  await runCell(driver, 'approval(');
  const asked = approvalIn(driver);
  await expect(asked).toContainText('Waiting for approval');

  await test.step('the driver reads the rules and why they may not decide', async () => {
    await expect(asked).toContainText('2 different people have to approve. The driver may not decide.');
    await expect(asked).toContainText('drives this run; “Go” needs somebody else.');
    await expect(asked.getByRole('button', { name: 'Approve' })).toHaveCount(0);
    await expectAccessible(driver, '.jp-OutputArea .lb-Approval');
  });

  const ann = await openBeside(browser, lab, name);
  const bob = await openBeside(browser, lab, name);

  await test.step('a watcher reads who drives', async () => {
    await expect(wheelIn(ann)).toContainText('has driven this run');
    await expectAccessible(ann, '.lb-Wheel');
  });

  await test.step('an approval without its comment or its answer is not sent, and says what is missing', async () => {
    await approvalIn(ann).getByRole('checkbox').check();
    await approvalIn(ann).getByRole('button', { name: 'Approve' }).click();
    await expect(approvalIn(ann).getByRole('alert').first()).toContainText('needs a comment');
    await approvalIn(ann).getByLabel('Comment').fill('orders looked at');
    await approvalIn(ann).getByRole('button', { name: 'Approve' }).click();
    await expect(approvalIn(ann).getByRole('alert').first()).toContainText('Answer “When”');
    await inBothThemes(ann, 'approval-rules', { selectors: ['.jp-OutputArea .lb-Approval'] });
  });

  await test.step('the first of two is counted everywhere, and decides no second time', async () => {
    await decide(ann, 'orders looked at');
    await expect(asked).toContainText('1 of 2 approved');
    await expect(approvalIn(ann)).toContainText('has decided on “Go” already');
    await expect(approvalIn(bob)).toContainText('1 of 2 approved');
  });

  await test.step('the second releases it', async () => {
    await decide(bob, 'dashboards are green');
    await expect(asked).toContainText('Approved');
    await expect(asked).toContainText('When: tonight');
    await expect(asked).toContainText('orders looked at');
    await expect(driver.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
    await inBothThemes(driver, 'approval-decided', { selectors: ['.jp-OutputArea .lb-Approval'] });
  });

  await test.step('nobody but the driver runs a step', async () => {
    await runCell(ann, 'batch two');
    await expect(
      ann.locator('.jp-OutputArea-output', { hasText: /has driven this run|driver/ }).last()
    ).toContainText(/driver/i);
    await expect(ann.locator('.jp-OutputArea-output', { hasText: /^batch two/ })).toHaveCount(0);
  });

  await test.step('the driver hands the wheel over to who asks', async () => {
    await wheelIn(ann).getByRole('button', { name: 'Ask for the wheel' }).click();
    await expect(wheelIn(driver)).toContainText('asks for the wheel');
    await inBothThemes(driver, 'wheel-asked', { selectors: ['.lb-Wheel'] });
    await wheelIn(driver).getByRole('button', { name: 'Hand over' }).click();
    await expect(wheelIn(ann)).toContainText('You drive');
    await expect(wheelIn(driver)).toContainText('You are watching');
    await runCell(ann, 'batch two');
    await expect(ann.locator('.jp-OutputArea-output', { hasText: /^batch two/ })).toHaveCount(1);
  });

  await test.step('a revocation is recorded with its reason and locks what follows', async () => {
    await approvalIn(bob).getByText('Take it back').click();
    await approvalIn(bob).getByLabel('Reason').fill('error rate rises');
    await approvalIn(bob).getByRole('button', { name: 'Revoke the approval' }).click();
    await expect(approvalIn(ann)).toContainText('Revoked');
    await expect(approvalIn(ann)).toContainText('error rate rises');
    await runCell(ann, 'batch two');
    await expect(ann.locator('.jp-OutputArea-output', { hasText: 'This step is locked' })).toHaveCount(1);
  });

  await test.step('the driver offers the wheel to one of two who look on, and takes it back', async () => {
    await expect(wheelIn(ann)).toContainText('2 people are watching');
    await wheelIn(ann)
      .getByLabel('Who may take the wheel')
      .selectOption(await usernameOf(driver));
    await wheelIn(ann).getByRole('button', { name: 'Offer the wheel' }).click();
    await expect(wheelIn(driver)).toContainText('offers you the wheel');
    await expect(wheelIn(bob)).toContainText('You are watching');
    await expectAccessible(driver, '.lb-Wheel');
    await expectAccessible(ann, '.lb-Wheel');
    await inBothThemes(driver, 'wheel-offered');
    await wheelIn(ann).getByRole('button', { name: 'Take the offer back' }).click();
    await expect(wheelIn(driver)).toContainText('You are watching');
    await inBothThemes(ann, 'wheel-driving', { selectors: ['.lb-Wheel'] });
  });

  await test.step('the wheel goes on when the offer is accepted', async () => {
    await wheelIn(ann)
      .getByLabel('Who may take the wheel')
      .selectOption(await usernameOf(driver));
    await wheelIn(ann).getByRole('button', { name: 'Offer the wheel' }).click();
    await wheelIn(driver).getByRole('button', { name: 'Take the wheel' }).click();
    await expect(wheelIn(ann)).toContainText('You are watching');
    await expect(wheelIn(driver)).toContainText('You drive');
  });
});

test('tasks of people are taken and done on their task list, and a cell gathers them', async ({
  browser
}) => {
  const name = writeRun(lab, { folder: 'tasks', sources: [ASSIGN], mode: 'rehearsal' });
  const page = await lab.open(browser, name);
  await runCell(page, 'assign(');
  const taskList = page.locator('.jp-OutputArea .lb-TaskList');
  await expect(taskList).toContainText('Waiting for 2 tasks');
  await expect(taskList.locator('.lb-TaskList-word')).toHaveText(['open', 'open']);
  await expectAccessible(page, '.jp-OutputArea .lb-TaskList');
  const watcher = await openBeside(browser, lab, name, { isWatched: false });
  const other = watcher.locator('.jp-OutputArea .lb-TaskList');

  await test.step('who takes a task is seen by everybody', async () => {
    await taskList.getByRole('button', { name: 'I take it on: Smoke-test orders' }).click();
    await expect(taskList).toContainText('taken on');
    await expect(other).toContainText('taken on');
  });

  await test.step('a task is done by anybody who is named, and the cell goes on with the last', async () => {
    await other.getByRole('button', { name: 'Done: Smoke-test orders' }).click();
    await expect(taskList).toContainText('1 of 2 done');
    await inBothThemes(page, 'task-list');
    await taskList.getByRole('button', { name: 'Done: Tell support' }).click();
    await expect(taskList).toContainText('Gathered');
    await expect(page.locator('.jp-OutputArea-output', { hasText: /^all gathered/ })).toHaveCount(1);
    await expectAccessible(page, '.jp-OutputArea .lb-TaskList');
  });
});

test(
  'a policy that asks for less during a run is held back, and everybody reads it',
  { tag: '@proof' },
  async ({ browser }) => {
    const folder = 'weaker-policy';
    const name = writeRun(lab, { folder, sources: ["console.log('one')", ASK], approvals: RULES });
    const page = await lab.open(browser, name);
    await runCell(page, "'one'");
    await expect(page.locator('.jp-OutputArea-output', { hasText: /^one/ })).toHaveCount(1);
    writePolicy(lab, folder, '{ required: 1 }');
    await runCell(page, 'approval(');
    await expect(approvalIn(page)).toContainText('2 different people have to approve.');
    await expect(page.locator('.lb-Banner')).toContainText(
      'Policy held back until a restart of the kernel: 3 weaker rules'
    );
    await expect(page.locator('.jp-OutputArea-output', { hasText: 'asks for less than when' })).toHaveCount(
      1
    );
    await inBothThemes(page, 'weaker-policy', { selectors: ['.lb-Banner'] });
  }
);

test('a broken glass needs its reason and turns the run amber', async ({ browser }) => {
  const name = writeRun(lab, { folder: 'broken-glass', sources: [ASK], approvals: RULES });
  const page = await lab.open(browser, name);
  await runCell(page, 'approval(');
  const asked = approvalIn(page);
  await asked.getByText('Other ways to decide').click();
  await expectAccessible(page, '.jp-OutputArea .lb-Approval');
  await asked.getByRole('button', { name: 'Release against the policy' }).click();
  await expect(asked.getByText('Reason is missing.')).toBeVisible();
  await asked.getByLabel('Reason').fill('orders are down and nobody of QA can be reached');
  await asked.getByRole('button', { name: 'Release against the policy' }).click();
  await expect(asked).toContainText('Released against the policy by');
  await expect(page.locator('.lb-Banner')).toContainText('Released against the policy: “Go”');
  await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
  await inBothThemes(page, 'broken-glass');
});
