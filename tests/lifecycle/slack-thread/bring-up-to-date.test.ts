// A thread in Slack is made to say what it should: nothing is posted twice that Slack has answered, and what Slack refuses ends nothing.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringUpToDate, type ThreadTarget } from '../../../lifecycle/slack-thread/bring-up-to-date.js';
import { threadFileOf } from '../../../lifecycle/slack-thread/thread-place.js';
import type { ThreadMessage } from '../../../lifecycle/slack-thread/thread-writer.js';
import { deliver } from '../../../runbook/slack/deliver.js';
import { serveSlack } from '../../runbook/slack/slack-server.js';

const slack = serveSlack();
let folder: string;

beforeEach(() => {
  slack.reset();
  folder = mkdtempSync(join(tmpdir(), 'launchbook-thread-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MESSAGES: readonly ThreadMessage[] = [
  { key: 'run', text: 'begun' },
  { key: 'phase:a:4', text: 'a has passed' },
  { key: 'hold:b', text: 'b waits' }
];

function target(other: Partial<ThreadTarget> = {}): ThreadTarget {
  const profile = { token: 'xoxb-test-token', webhook: null, channel: '#releases', url: `${slack.url}/api/` };
  const { signal } = new AbortController();
  return {
    file: threadFileOf(join(folder, 'release.ipynb')),
    identity: { run: 'r1', openedAt: '2026-11-22T08:00:00.000Z' },
    channel: '#releases',
    canEdit: true,
    send: delivery => deliver(profile, delivery, signal),
    pause: () => Promise.resolve(),
    signal,
    ...other
  };
}

/** What stands in the channels: the thread and its text. */
const shown = (): string[] =>
  slack
    .messages()
    .map(
      ({ thread, text, edits }) => `${thread === null ? '' : '> '}${text}${edits > 0 ? ` (${edits})` : ''}`
    );

const calls = (): string[] => slack.take().map(({ url }) => url.replace('/api/chat.', ''));

describe('a thread', () => {
  test('has one first message, and everything else below it; what has changed is edited in place', async () => {
    expect(await bringUpToDate(MESSAGES, target())).toEqual({
      posted: 3,
      edited: 0,
      channel: 'C024BE91L',
      ts: '1795333803.000001'
    });
    expect(shown()).toEqual(['begun', '> a has passed', '> b waits']);
    const next = MESSAGES.map(message =>
      message.key === 'hold:b' ? { ...message, text: 'b: approved' } : message
    );
    expect(await bringUpToDate([...next, { key: 'act:9', text: 'bob approved b' }], target())).toMatchObject({
      posted: 1,
      edited: 1
    });
    expect(shown()).toEqual(['begun', '> a has passed', '> b: approved (1)', '> bob approved b']);
    expect(calls()).toHaveLength(5);
    await bringUpToDate([...next, { key: 'act:9', text: 'bob approved b' }], target());
    expect(calls()).toEqual([]);
  });

  test('asks nobody any more for what is over', async () => {
    await bringUpToDate([MESSAGES[0]!, { key: 'hold:b', text: 'b: approved', isOver: true }], target());
    expect(shown()).toEqual(['begun']);
  });

  test('goes on where Slack has refused: nothing that it has answered is posted again', async () => {
    for (const before of [0, 1, 2]) {
      slack.reset();
      rmSync(join(folder, '.launchbook'), { recursive: true, force: true });
      let left = before;
      const send: ThreadTarget['send'] = delivery => {
        slack.script.error = left-- === 0 ? 'is_archived' : null;
        return target().send(delivery);
      };
      await expect(bringUpToDate(MESSAGES, target({ send }))).rejects.toThrow('is_archived');
      slack.script.error = null;
      await bringUpToDate(MESSAGES, target());
      expect(shown()).toEqual(['begun', '> a has passed', '> b waits']);
    }
  });

  test('waits as long as Slack asks for', async () => {
    slack.script.limited = { times: 2, seconds: 0 };
    await bringUpToDate(MESSAGES, target());
    expect(calls()).toHaveLength(5);
    expect(shown()).toHaveLength(3);
    slack.script.limited = { times: 1, seconds: 3600 };
    await expect(bringUpToDate([...MESSAGES, { key: 'act:7', text: 'x' }], target())).rejects.toMatchObject({
      code: 'slack.rate_limited'
    });
    expect(calls()).toHaveLength(1);
  });

  test('leaves alone what cannot be edited any more', async () => {
    await bringUpToDate(MESSAGES, target());
    slack.delete(slack.messages()[1]!.ts);
    calls();
    const next = [
      MESSAGES[0]!,
      { key: 'phase:a:4', text: 'another' },
      MESSAGES[2]!,
      { key: 'act:9', text: 'news' }
    ];
    await bringUpToDate(next, target());
    expect(shown()).toEqual(['begun', '> b waits', '> news']);
    expect(calls()).toEqual(['update', 'postMessage']);
    await bringUpToDate(next, target());
    expect(calls()).toEqual([]);
  });

  test('is written by one process at a time, so that none posts what another has posted', async () => {
    await Promise.all([1, 2, 3, 4].map(() => bringUpToDate(MESSAGES, target())));
    expect(shown()).toEqual(['begun', '> a has passed', '> b waits']);
  });

  test('belongs to its run and its channel', async () => {
    await bringUpToDate(MESSAGES.slice(0, 1), target());
    await bringUpToDate(MESSAGES.slice(0, 1), target({ channel: '#other' }));
    await bringUpToDate(MESSAGES.slice(0, 1), target());
    expect(slack.messages().map(({ channel }) => channel)).toEqual(['C024BE91L', 'C0OTHER42']);
    await bringUpToDate(MESSAGES.slice(0, 1), target({ identity: { run: 'r2', openedAt: 'x' } }));
    expect(slack.messages()).toHaveLength(3);
  });

  test('keeps no text beside the run', async () => {
    await bringUpToDate(MESSAGES, target());
    expect(readFileSync(target().file, 'utf8')).not.toMatch(/begun|passed|waits/);
  });

  test('ends between two calls when it is told to', async () => {
    const ending = new AbortController();
    const pause = async (): Promise<void> => ending.abort();
    await bringUpToDate(MESSAGES, target({ pause, signal: ending.signal }));
    expect(shown()).toEqual(['begun']);
  });
});

test('a webhook gets messages of their own, and none that only was edited', async () => {
  const profile = { token: null, webhook: `${slack.url}/services/T0/B0/XXXX`, channel: null, url: null };
  const over = { canEdit: false, channel: '', send: target().send };
  const { signal } = new AbortController();
  over.send = delivery => deliver(profile, delivery, signal);
  const texts = (): unknown[] => slack.take().map(({ body }) => (JSON.parse(body) as { text: string }).text);
  slack.script.limited = { times: 1, seconds: 0 };
  await bringUpToDate(MESSAGES, target(over));
  expect(texts()).toEqual(['begun', 'begun', 'a has passed', 'b waits']);
  const next: ThreadMessage[] = [
    { key: 'run', text: 'goes on' },
    { key: 'phase:a:4', text: 'a has passed, attempt 2' },
    { key: 'hold:b', text: 'b: approved', isOver: true },
    { key: 'act:9', text: 'bob approved b' }
  ];
  await bringUpToDate(next, target(over));
  expect(texts()).toEqual(['a has passed, attempt 2', 'bob approved b']);
});
