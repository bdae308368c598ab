// What the kernel tells a channel of Slack: masked, and nothing in it is a mention or a link.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeMessenger } from '../../../run/profile/messenger.js';
import { Masker } from '../../../runbook/masking/masker.js';
import { RUN } from '../../lifecycle/status/summaries.js';
import { serveSlack } from '../../runbook/slack/slack-server.js';

const slack = serveSlack();
const masker = new Masker([{ name: 'TOKEN', value: 'sesame_4711' }]);
let logged: string[];

beforeEach(() => {
  slack.reset();
  logged = [];
});
afterEach(() => expect(logged).toEqual([]));

async function told(text: string, run = RUN): Promise<string[]> {
  const profile = { token: null, webhook: `${slack.url}/services/T0/B0/XXXX`, channel: null, url: null };
  const tell = makeMessenger(
    { info: run, profile: { slack: profile } },
    {
      log: line => logged.push(line),
      mask: line => masker.text(line)
    }
  );
  tell(text);
  let calls = slack.take();
  while (calls.length === 0) {
    await sleep(5);
    calls = slack.take();
  }
  return calls.map(({ body }) => (JSON.parse(body) as { text: string }).text);
}

test('a secret in a question is masked', async () => {
  expect(await told('“QA” waits for ann: may sesame_4711 follow?')).toEqual([
    '*2.4.0-staging-3f9c21* “QA” waits for ann: may «secret TOKEN» follow?'
  ]);
});

test('nobody is called and nothing is linked', async () => {
  const [text] = await told('<!channel> <https://evil.example|Approved> @here\n*x*', {
    ...RUN,
    id: '<!here>'
  });
  expect(text).toBe(
    '*&lt;!here&gt;* &lt;!channel&gt; &lt;https:\u200b//evil.example|Approved&gt; @\u200bhere\n\u200b*x\u200b*'
  );
});
