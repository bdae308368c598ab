import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { slack } from '../../../runbook/index.js';
import type { SlackProfile } from '../../../runbook/ports.js';
import { installFakePorts, journalText, PROFILE, type FakePorts } from '../fake-ports.js';
import { unusedUrl } from '../http/http-server.js';
import { serveSlack } from './slack-server.js';

const server = serveSlack();
let ports: FakePorts;

function configure(part: Partial<SlackProfile> | null): void {
  const full = { token: 'xoxb-test-token', webhook: null, channel: '#releases', url: `${server.url}/api/` };
  ports = installFakePorts({ profile: { ...PROFILE, slack: part === null ? null : { ...full, ...part } } });
}

function sent(): { readonly url: string; readonly form: { readonly [name: string]: string } }[] {
  return server
    .take()
    .map(request => ({ url: request.url, form: Object.fromEntries(new URLSearchParams(request.body)) }));
}

beforeEach(() => {
  server.reset();
  configure({});
});

describe('slack, with a token', () => {
  test('posts to the channel of the profile, in the form of the Web API', async () => {
    const message = await slack.post('Release 2.4.0 has begun');
    expect(message).toMatchObject({ channel: 'C024BE91L', ts: '1795333803.000001' });
    const [request] = server.take();
    expect(request).toMatchObject({
      method: 'POST',
      url: '/api/chat.postMessage',
      headers: {
        authorization: 'Bearer xoxb-test-token',
        'content-type': 'application/x-www-form-urlencoded'
      }
    });
    expect(Object.fromEntries(new URLSearchParams(request!.body))).toEqual({
      channel: '#releases',
      text: 'Release 2.4.0 has begun'
    });
    expect(ports.written()).toBe('Slack #releases: Release 2.4.0 has begun\n');
  });

  test('edits in place and answers in the thread, also below an answer', async () => {
    const message = await slack.post('one', { channel: '#other' });
    const edited = await message.edit('two');
    const answer = await edited.reply('three');
    await answer.reply('four');
    expect(edited.ts).toBe(message.ts);
    expect(sent()).toEqual([
      { url: '/api/chat.postMessage', form: { channel: '#other', text: 'one' } },
      {
        url: '/api/chat.update',
        form: { channel: 'C0OTHER42', ts: message.ts, text: 'two', parse: 'none', link_names: 'false' }
      },
      { url: '/api/chat.postMessage', form: { channel: 'C0OTHER42', thread_ts: message.ts, text: 'three' } },
      { url: '/api/chat.postMessage', form: { channel: 'C0OTHER42', thread_ts: message.ts, text: 'four' } }
    ]);
  });

  test('is announced before and recorded after, without the token', async () => {
    await slack.post('hello');
    expect(ports.entries).toMatchObject([
      { kind: 'effect-started', helper: 'slack', label: 'Slack #releases: hello' },
      { kind: 'effect-ended', outcome: 'passed', result: { channel: 'C024BE91L', ts: '1795333803.000001' } }
    ]);
    expect(journalText(ports)).not.toContain('xoxb');
    ports.refuseNext(new Error('disk full'));
    server.take();
    await expect(slack.post('hello')).rejects.toThrow('disk full');
    expect(server.take()).toEqual([]);
  });

  test('a refusal says why', async () => {
    server.script.error = 'channel_not_found';
    await expect(slack.post('x')).rejects.toMatchObject({
      name: 'SlackFailedError',
      code: 'slack.refused',
      message: 'Slack refused the message: channel_not_found.',
      fields: { reason: 'channel_not_found' }
    });
    configure({ token: 'xoxb-wrong-token' });
    server.script.error = null;
    await expect(slack.post('x')).rejects.toThrow('invalid_auth');
  });

  test('waits when Slack takes no more for now, and posts once', async () => {
    server.script.limited = { times: 2, seconds: 0 };
    await slack.post('x');
    expect(server.take()).toHaveLength(3);
    server.script.limited = { times: 9, seconds: 3600 };
    await expect(slack.post('x')).rejects.toMatchObject({ code: 'slack.rate_limited' });
    expect(server.take()).toHaveLength(1);
  });

  test('does not post again when nobody answers', async () => {
    configure({ url: await unusedUrl() });
    const error = await slack.post('x').catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ code: 'slack.unreachable' });
    expect((error as Error).message).toContain('ECONNREFUSED');
  });

  test('an interrupt ends the wait for an answer', async () => {
    server.script.stalls = true;
    const failure = slack.post('x').catch((error: unknown) => error);
    await sleep(150);
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'slack.interrupted' });
    expect(server.take()).toHaveLength(1);
  });

  test('needs a channel', async () => {
    configure({ channel: null });
    await expect(slack.post('x')).rejects.toMatchObject({ code: 'slack.no_channel' });
    expect(ports.entries).toEqual([]);
  });
});

describe('slack, with a webhook', () => {
  test('posts JSON', async () => {
    configure({ token: null, webhook: `${server.url}/services/T0/B0/XXXX`, channel: null });
    expect(await slack.post('hello <@U1> & all')).toMatchObject({ channel: null, ts: null });
    const [request] = server.take();
    expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(request!.body)).toEqual({ text: 'hello <@U1> & all' });
  });

  test('cannot edit, answer or choose a channel, and says so', async () => {
    configure({ token: null, webhook: `${server.url}/services/T0/B0/XXXX`, channel: null });
    const message = await slack.post('hello');
    await expect(message.edit('x')).rejects.toMatchObject({ code: 'slack.webhook_only_posts' });
    await expect(message.reply('x')).rejects.toMatchObject({ code: 'slack.webhook_only_posts' });
    await expect(slack.post('x', { channel: '#a' })).rejects.toMatchObject({
      code: 'slack.webhook_only_posts'
    });
    expect(server.take()).toHaveLength(1);
  });

  test('that is gone is told apart, and its address is not shown', async () => {
    configure({ token: null, webhook: `${server.url}/services/gone`, channel: null });
    const error = await slack.post('x').catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({
      code: 'slack.refused',
      message: 'Slack refused the message: status 404, no_service.'
    });
    expect(journalText(ports)).not.toContain('/services/gone');
  });
});

describe('slack, when it is not configured', () => {
  test('prints the text and sends nothing', async () => {
    configure(null);
    const message = await slack.post('hello');
    await message.edit('changed');
    await message.reply('answered');
    expect(ports.written().split('\n').slice(0, 3)).toEqual([
      "Slack (off: the environment 'staging' has no slack in launchbook.yml): hello",
      "Slack, edited (off: the environment 'staging' has no slack in launchbook.yml): changed",
      "Slack, in the thread (off: the environment 'staging' has no slack in launchbook.yml): answered"
    ]);
    expect(ports.entries).toEqual([]);
    expect(server.take()).toEqual([]);
  });
});

test('a secret in the text of a message is masked on its way', async () => {
  configure({});
  const message = await slack.post('the token is xoxb-test-token');
  await message.edit(`in Base64 ${Buffer.from('xoxb-test-token').toString('base64')}`);
  expect(sent().map(({ form }) => form['text'])).toEqual([
    'the token is «secret slack.token»',
    'in Base64 «secret slack.token»'
  ]);
});

test('escaped values call nobody', () => {
  expect(slack.escape('<!channel> & <http://x|y>')).toBe('&lt;!channel&gt; &amp; &lt;http:\u200b//x|y&gt;');
});

test('every fault of a wrong call is listed and nothing is sent', async () => {
  await expect(slack.post('', { chanel: '#a' } as never)).rejects.toThrow(
    /The text is ''[\s\S]*'chanel' is not an option. Did you mean 'channel'\?/
  );
  await expect(slack.post('x'.repeat(40_001))).rejects.toThrow('1 to 40,000 characters');
  expect(server.take()).toEqual([]);
});
