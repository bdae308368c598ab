// The transport without sockets routes like the one with sockets.
import { expect, test } from '@jest/globals';
import { makeMessage } from '../../../kernel/protocol/make.js';
import type { Message } from '../../../kernel/protocol/messages.js';
import { InMemoryTransport } from '../../../kernel/transport/in-memory.js';

const SENDER = { session: 's', username: 'u' };

function request(): Message {
  return makeMessage(SENDER, 'kernel_info_request', {});
}

test('replies reach the client that asked, iopub reaches all', async () => {
  const transport = new InMemoryTransport();
  const seen: string[] = [];
  const first = transport.connect((channel, message) => seen.push(`first ${channel} ${message.header.type}`));
  transport.connect((channel, message) => seen.push(`second ${channel} ${message.header.type}`));
  transport.onMessage((channel, { identities }) => {
    transport.send('iopub', makeMessage(SENDER, 'status', { execution_state: 'busy' }));
    transport.send(channel, makeMessage(SENDER, 'is_complete_reply', { status: 'complete' }, { identities }));
  });
  first.send('shell', request());
  await transport.flush();
  await transport.flush();
  expect(seen).toEqual(['first iopub status', 'second iopub status', 'first shell is_complete_reply']);
});

test('messages sent before the kernel serves are delivered when it does', async () => {
  const transport = new InMemoryTransport();
  const client = transport.connect(() => {});
  client.send('shell', request());
  const received: string[] = [];
  transport.onMessage((channel, message) => received.push(`${channel} ${message.header.type}`));
  await transport.flush();
  expect(received).toEqual(['shell kernel_info_request']);
});
