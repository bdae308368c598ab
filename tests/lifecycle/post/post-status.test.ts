// The status in Slack: one message, edited in place, against a server that checks the wire.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postStatus } from '../../../lifecycle/post/post-status.js';
import { serveSlack } from '../../runbook/slack/slack-server.js';
import { ASKED, DONE, summaryOf } from '../status/summaries.js';

const slack = serveSlack();
let folder: string;
let run: string;

beforeEach(() => {
  slack.reset();
  folder = mkdtempSync(join(tmpdir(), 'launchbook-status-'));
  run = join(folder, 'release.ipynb');
  profile(`slack: { token: xoxb-test-token, channel: '#releases', url: '${slack.url}/api/' }`);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('postStatus', () => {
  test('posts once and edits that message from then on', async () => {
    const first = await postStatus(run, summaryOf(ASKED));
    const second = await postStatus(run, summaryOf(DONE));
    expect(first).toEqual({ channel: 'C024BE91L', ts: '1795333803.000001', isEdit: false });
    expect(second).toEqual({ ...first, isEdit: true });
    const calls = slack
      .take()
      .map(({ url, body }) => ({ url, form: Object.fromEntries(new URLSearchParams(body)) }));
    expect(calls.map(({ url }) => url)).toEqual(['/api/chat.postMessage', '/api/chat.update']);
    expect(calls[0]!.form).toMatchObject({ channel: '#releases' });
    expect(calls[0]!.form['text']).toMatch(/^:large_yellow_circle: \*Release: release 2\.4\.0 in staging\*/);
    expect(calls[1]!.form).toMatchObject({ channel: 'C024BE91L', ts: '1795333803.000001' });
    expect(calls[1]!.form['text']).toMatch(/^:large_green_circle:/);
  });

  test('begins a message of its own in another channel', async () => {
    await postStatus(run, summaryOf(ASKED));
    expect(await postStatus(run, summaryOf(ASKED), { channel: '#managers' })).toMatchObject({
      isEdit: false
    });
  });

  test.each([
    ['no Slack', '', 'slack.off'],
    ['a webhook', 'slack: { webhook: http://127.0.0.1:9/x }', 'slack.webhook_only_posts']
  ])('refuses an environment with %s', async (_, text, code) => {
    profile(text);
    await expect(postStatus(run, summaryOf(ASKED))).rejects.toMatchObject({ code });
  });

  test('tells what Slack says when it refuses, and keeps no place', async () => {
    slack.script.error = 'channel_not_found';
    await expect(postStatus(run, summaryOf(ASKED))).rejects.toThrow(/channel_not_found/);
    slack.script.error = null;
    expect(await postStatus(run, summaryOf(ASKED))).toMatchObject({ isEdit: false });
  });
});

function profile(line: string): void {
  writeFileSync(join(folder, 'launchbook.yml'), `environments:\n  staging:\n    vars: {}\n    ${line}\n`);
}
