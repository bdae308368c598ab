// `launchbook status --post slack`: the thread of a run is brought up to date from its files, without a kernel.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { decisionSecret } from '../../../record/decisions/decision-address.js';
import { postThread } from '../../../lifecycle/slack-thread/post-thread.js';
import { serveSlack } from '../../runbook/slack/slack-server.js';
import { journalText } from '../journal-text.js';
import { ASKED, DONE, RUN } from '../status/summaries.js';

const slack = serveSlack();
let folder: string;
let run: string;

beforeEach(() => {
  slack.reset();
  folder = mkdtempSync(join(tmpdir(), 'launchbook-status-'));
  run = join(folder, 'release.ipynb');
  process.env['SLACK_TEST_TOKEN'] = 'xoxb-test-token';
  profile(`slack: { token: '\${SLACK_TEST_TOKEN}', channel: '#releases', url: '${slack.url}/api/' }`);
  writeFileSync(
    run,
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { launchbook: { run: RUN } }, cells: [] })
  );
  record(ASKED);
});

afterEach(() => {
  delete process.env['SLACK_TEST_TOKEN'];
  rmSync(folder, { recursive: true, force: true });
});

const post = (channel?: string) => postThread(run, { paceMs: 0, channel });

describe('postThread', () => {
  test('posts what is missing and edits what has changed', async () => {
    expect(await post()).toEqual({ channel: 'C024BE91L', ts: '1795333803.000001', posted: 3, edited: 0 });
    record(DONE);
    expect(await post()).toMatchObject({ ts: '1795333803.000001', posted: 4, edited: 2 });
    expect(await post()).toMatchObject({ posted: 0, edited: 0 });
    const [first, ...replies] = slack.messages();
    expect(first!.text).toMatch(/^:large_green_circle: \*Release: release 2\.4\.0 in staging\*: every phase/);
    expect(replies.every(({ thread }) => thread === first!.ts)).toBe(true);
    expect(replies.at(-1)!.text).toContain('*Finished*');
  });

  test('posts the first message alone in another channel', async () => {
    await post();
    expect(await post('#other')).toMatchObject({ channel: 'C0OTHER42', posted: 1 });
    expect(slack.messages().filter(({ channel }) => channel === 'C0OTHER42')).toHaveLength(1);
  });

  test('links to the step where JupyterLab opens the folder of launchbook.yml', async () => {
    profile(
      `slack: { token: '\${SLACK_TEST_TOKEN}', channel: '#releases', url: '${slack.url}/api/' }`,
      'lab: https://hub.example/hub/user-redirect/lab/tree/my%20releases/\nslackIds: { qa-lead: S0QALEAD }'
    );
    await post();
    expect(slack.messages().at(-1)!.text).toContain(
      ' <!subteam^S0QALEAD> · <https://hub.example/hub/user-redirect/lab/tree/my%20releases/release.ipynb#cell-id=s1|Open the step>'
    );
  });

  test('links to the page of the question where launchbook.yml names one, until it is decided', async () => {
    const nonce = 'a nonce';
    const asked = ASKED.map(body =>
      body.kind === 'approval-requested' ? { ...body, request: { ...body.request, nonce } } : body
    );
    const slackOf = `slack: { token: '\${SLACK_TEST_TOKEN}', channel: '#releases', url: '${slack.url}/api/' }`;
    profile(slackOf, 'decide: { origins: [https://decide.example.com], rpId: decide.example.com }');
    record(asked);
    await post();
    const { text } = slack.messages().at(-1)!;
    const secret = decisionSecret({ request: { nonce } as never })!;
    expect(text).toContain(` · <https://decide.example.com/decide/${secret}/|Decide>`);
    record([...asked, ...DONE.slice(ASKED.length)]);
    await post();
    expect(slack.messages().some(message => message.text.includes('/decide/'))).toBe(false);
  });

  test.each([
    ['no Slack', '', 'slack.off'],
    ['a webhook', "slack: { webhook: '${SLACK_TEST_TOKEN}' }", 'slack.webhook_only_posts'],
    ['no channel', "slack: { token: '${SLACK_TEST_TOKEN}' }", 'slack.no_channel']
  ])('refuses an environment with %s', async (_, text, code) => {
    profile(text);
    await expect(post()).rejects.toMatchObject({ code });
  });

  test('tells what Slack says when it refuses, and posts it the next time', async () => {
    slack.script.error = 'channel_not_found';
    await expect(post()).rejects.toThrow(/channel_not_found/);
    slack.script.error = null;
    expect(await post()).toMatchObject({ posted: 3 });
  });
});

function record(bodies: readonly RecordBody[]): void {
  writeFileSync(join(folder, 'release.journal.jsonl'), journalText(bodies));
}

function profile(line: string, top = ''): void {
  writeFileSync(
    join(folder, 'launchbook.yml'),
    `${top}\nenvironments:\n  staging:\n    vars: {}\n    ${line}\n`
  );
}
