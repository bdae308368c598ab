// Buttons below a question in the thread: where a click decides, and only as long as it does.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HoldPolicy } from '../../../contract/holds/policy.js';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import { bringUpToDate } from '../../../lifecycle/slack-thread/bring-up-to-date.js';
import { holdMessage } from '../../../lifecycle/slack-thread/hold-message.js';
import { ThreadWriter, type ThreadMessage } from '../../../lifecycle/slack-thread/thread-writer.js';
import { decisionSecret } from '../../../record/decisions/decision-address.js';
import { deliver } from '../../../runbook/slack/deliver.js';
import { makeAskingRun } from '../decide/asking-run.js';
import { startWorkspace, type Workspace } from '../decide/slack-workspace.js';

const DECIDE = {
  rpId: 'launchbook.example.com',
  origins: ['https://launchbook.example.com'],
  voucher: 'door',
  slack: { bob: 'T01ABC/U0BOB' }
};
const writer = new ThreadWriter({
  mask: text => text,
  slackIds: {},
  addressOf: () => null,
  pagesAt: DECIDE.origins[0]!
});

let slack: Workspace;
let folder: string;
beforeAll(async () => {
  slack = await startWorkspace();
});
afterAll(() => slack.close());
beforeEach(() => {
  slack.messages.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'launchbook-buttons-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function asked(
  approvals: HoldPolicy = { grade: 'authenticated' },
  pages: object = DECIDE
): Promise<ApprovalState> {
  const run = await makeAskingRun({ pages: pages as typeof DECIDE, approvals });
  const approval = run.approval();
  run.end();
  return approval;
}

const post = async (message: Omit<ThreadMessage, 'key'>, { canEdit = true } = {}) => {
  const profile = { token: 'xoxb-test-token', webhook: null, channel: '#releases', url: slack.url };
  const { signal } = new AbortController();
  await bringUpToDate(
    [
      { key: 'run', text: 'begun' },
      { key: 'hold:a', ...message }
    ],
    {
      file: join(folder, 'slack.json'),
      identity: { run: 'r1', openedAt: '2026-11-22T08:00:00.000Z' },
      channel: '#releases',
      canEdit,
      send: delivery => deliver(profile, { ...delivery, channel: '#releases' }, signal),
      pause: () => Promise.resolve(),
      signal
    }
  );
  return slack.messages.map(({ text, blocks }) => ({ text, buttons: buttonsIn(blocks) }));
};

function buttonsIn(blocks: readonly object[]): string[] {
  const elements = blocks.flatMap(block => ('elements' in block ? (block.elements as object[]) : []));
  return elements.map(
    element => `${(element as { action_id: string }).action_id} ${(element as { value: string }).value}`
  );
}

test('they carry the id of the question, stand below its text, and go away when it is over', async () => {
  const approval = await asked();
  const secret = decisionSecret(approval)!;
  const [, question] = await post(holdMessage(approval, writer));
  expect(question!.buttons).toEqual([`launchbook_approve ${secret}`, `launchbook_reject ${secret}`]);
  expect(question!.text).toContain(`<https://launchbook.example.com/decide/${secret}/|Decide>`);
  const after = await post(holdMessage({ ...approval, status: 'rejected' }, writer));
  expect(after).toEqual([
    { text: 'begun', buttons: [] },
    { text: expect.stringContaining('rejected'), buttons: [] }
  ]);
});

test('they come and go with the policy that the message was written by', async () => {
  const approval = await asked();
  const { text } = holdMessage(approval, writer);
  expect((await post({ text }))[1]!.buttons).toEqual([]);
  expect((await post(holdMessage(approval, writer)))[1]!.buttons).toHaveLength(2);
  expect(slack.messages).toHaveLength(2);
});

test.each<[string, HoldPolicy, object]>([
  ['where signatures are asked for', { grade: 'signed' }, DECIDE],
  ['where other means are asked for', { means: ['passkey', 'hub'] }, DECIDE],
  ['where nobody is mapped', { grade: 'authenticated' }, { ...DECIDE, slack: {} }],
  ['where no voucher is named', {}, { rpId: DECIDE.rpId, origins: DECIDE.origins, slack: DECIDE.slack }]
])('there are none %s; the link stays', async (_, approvals, pages) => {
  const message = holdMessage(await asked(approvals, pages), writer);
  expect(message.buttons).toBeUndefined();
  expect(message.text).toContain('|Decide>');
});

test('a webhook, and a text that Slack takes in no block, go without', async () => {
  const message = holdMessage(await asked(), writer);
  expect((await post(message, { canEdit: false })).at(-1)!.buttons).toEqual([]);
  slack.messages.length = 0;
  rmSync(join(folder, 'slack.json'));
  expect((await post({ ...message, text: 'x'.repeat(3001) })).at(-1)!.buttons).toEqual([]);
});
