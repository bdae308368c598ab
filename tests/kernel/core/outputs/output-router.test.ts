// Outputs of the core under limits: everything is sent before the reply and idle; the memory for cells that ended is bounded.
import { expect, test } from '@jest/globals';
import { OutputRouter, STREAM_LIMITS } from '../../../../kernel/core/outputs/output-router.js';
import { MessageSender } from '../../../../kernel/core/messages/message-sender.js';
import { makeMessage } from '../../../../kernel/protocol/make.js';
import type { Cell } from '../../../../kernel/core/ports/ports.js';
import { InMemoryTransport } from '../../../../kernel/transport/in-memory.js';
import { contentsOf, startKernel, typesOf } from '../start-kernel.js';

test('outputs beyond the rates come later, but before the reply and idle', async () => {
  const order: string[] = [];
  const { client } = startKernel(
    { pace: { messages: 5, bytes: 1_000_000, windowMs: 40 } },
    { onPublished: message => order.push(message.header.type) }
  );
  const cell = Array.from({ length: 20 }, (_, index) => `show ${index}`).join('\n');
  const { reply, published } = await client.execute(cell);
  expect(contentsOf(published, 'display_data').map(({ data }) => data)).toEqual(
    Array.from({ length: 20 }, (_, index) => ({ 'text/plain': String(index) }))
  );
  expect(typesOf(published).slice(-2)).toEqual(['display_data', 'idle']);
  expect(reply.content.status).toBe('ok');
});

test('an error is published after all the text', async () => {
  const { client } = startKernel({ pace: { messages: 2, bytes: 1_000_000, windowMs: 20 } });
  const { published } = await client.execute('print a\nwarn b\nprint c\nfail now');
  expect(typesOf(published).slice(2)).toEqual(['stream', 'stream', 'stream', 'error', 'idle']);
});

test('a question comes after the text before it', async () => {
  const order: string[] = [];
  const { client } = startKernel(
    { pace: { messages: 1, bytes: 1_000_000, windowMs: 20 } },
    {
      onPublished: message => order.push(message.header.type),
      onInput: async () => {
        order.push('asked');
        return 'yes';
      }
    }
  );
  await client.execute('print a\nwarn b\nprint c\nask Go?');
  const [texts, question] = [order.lastIndexOf('stream', order.indexOf('asked')), order.indexOf('asked')];
  expect(order.slice(0, question).filter(type => type === 'stream')).toHaveLength(3);
  expect(texts).toBeLessThan(question);
});

test('a large text is sent in parts that do not cut characters', async () => {
  const { client } = startKernel({ streamLimits: { flushAfterMs: 600_000, flushAtLength: 101 } });
  const text = '😀'.repeat(500);
  const { published } = await client.execute(`print ${text}`);
  const parts = contentsOf(published, 'stream').map(content => String(content['text']));
  expect(parts.join('')).toBe(text);
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.every(part => part.isWellFormed())).toBe(true);
});

function routerWith(cells: number): OutputRouter {
  const sender = new MessageSender(new InMemoryTransport(), { session: 's', username: 'u' });
  const pace = { messages: 10, bytes: 10, windowMs: 1 };
  const router = new OutputRouter({
    sender,
    limits: STREAM_LIMITS,
    limitBytes: () => 100,
    pace,
    onLog: () => {}
  });
  const { header } = makeMessage({ session: 's', username: 'u' }, 'execute_request', { code: '' });
  for (let index = 0; index < cells; index += 1) {
    router.begin({ key: `cell-${index}`, isSilent: false, executionCount: index } as Cell, header);
    void router.end(`cell-${index}`, false);
  }
  return router;
}

test('a cell that cannot print any more is forgotten, one that runs is not', () => {
  const router = routerWith(3);
  router.begin({ key: 'running', isSilent: false, executionCount: 4 } as Cell, { id: '' } as never);
  router.forget('cell-1');
  router.forget('running');
  router.forget('unknown');
  expect(router.size).toBe(3);
});

test('the memory for cells that have ended is bounded', () => {
  expect(routerWith(12_000).size).toBe(5_000);
});

test('what an interrupted cell still had in its pipes is not shown after its end, and other cells go on', async () => {
  const transport = new InMemoryTransport();
  const sent: string[] = [];
  transport.send = (_channel, message) => void sent.push(String((message.content as { text?: string }).text));
  const sender = new MessageSender(transport, { session: 's', username: 'u' });
  const router = new OutputRouter({ sender, onLog: () => undefined });
  for (const key of ['flood', 'next']) {
    const { header } = makeMessage({ session: 's', username: 'u' }, 'execute_request', { code: '' });
    router.begin({ key, isSilent: false, executionCount: 1 } as Cell, header);
    router.publish(key, { kind: 'stream', name: 'stdout', text: `${key} before\n` });
    await router.end(key, key === 'flood');
    router.publish(key, { kind: 'stream', name: 'stdout', text: `${key} after\n` });
  }
  await router.flushAll();
  expect(sent.join('')).toBe('flood before\nnext before\nnext after\n');
});
