// Real sockets: libzmq's own Dealer, Subscriber and Request talk to the transport.
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Dealer, Request, Subscriber } from 'zeromq';
import type { Channel } from '../../../kernel/core/ports/ports.js';
import { addressOf, type ConnectionInfo } from '../../../kernel/protocol/connection-file.js';
import { makeMessage } from '../../../kernel/protocol/make.js';
import type { Message } from '../../../kernel/protocol/messages.js';
import { partsToMessage } from '../../../kernel/protocol/wire.js';
import { receivedParts } from '../protocol/received.js';
import { ZeromqTransport } from '../../../kernel/transport/zeromq.js';

const SENDER = { session: 'client', username: 'ann' };
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) {
    await close();
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function start() {
  const [shell, control, iopub, stdin, heartbeat] = await Promise.all(Array.from({ length: 5 }, freePort));
  const connection: ConnectionInfo = {
    transport: 'tcp',
    ip: '127.0.0.1',
    ports: { shell: shell!, control: control!, iopub: iopub!, stdin: stdin!, heartbeat: heartbeat! },
    signing: { key: 'secret', hash: 'sha256' },
    encryption: null
  };
  const log: string[] = [];
  const received: [Channel, Message][] = [];
  const waiting: ((entry: [Channel, Message]) => void)[] = [];
  const transport = await ZeromqTransport.bind(connection, line => log.push(line));
  closers.push(() => transport.close());
  transport.onMessage((channel, message) => {
    const next = waiting.shift();
    next ? next([channel, message]) : received.push([channel, message]);
  });
  const nextMessage = (): Promise<[Channel, Message]> =>
    new Promise(resolve => (received.length > 0 ? resolve(received.shift()!) : waiting.push(resolve)));
  return { connection, transport, log, nextMessage };
}

function dealer(
  connection: ConnectionInfo,
  socket: 'shell' | 'control' | 'stdin',
  routingId = 'peer'
): Dealer {
  const peer = new Dealer({ routingId, linger: 0 });
  peer.connect(addressOf(connection, socket));
  closers.push(() => peer.close());
  return peer;
}

function requestParts(connection: ConnectionInfo): Uint8Array[] {
  return receivedParts(makeMessage(SENDER, 'kernel_info_request', {}), connection.signing);
}

describe('the transport over real sockets', () => {
  test.each(['shell', 'control', 'stdin'] as const)(
    'takes requests on %s and answers the one who asked',
    async socket => {
      const { connection, transport, nextMessage } = await start();
      const peer = dealer(connection, socket);
      await peer.send(requestParts(connection));
      const [channel, request] = await nextMessage();
      expect([channel, request.header.type]).toEqual([socket, 'kernel_info_request']);
      const { header: parent, identities } = request;
      const reply = makeMessage(SENDER, 'is_complete_reply', { status: 'complete' }, { parent, identities });
      transport.send(socket, reply);
      const answer = partsToMessage(await peer.receive(), connection.signing);
      expect(answer).toMatchObject({
        header: { type: 'is_complete_reply' },
        parent: { id: parent.id },
        identities: []
      });
    }
  );

  test.each(['shell', 'control', 'stdin'] as const)(
    'a client that comes back under its name while its first connection stands is answered on %s',
    async socket => {
      const { connection, transport, nextMessage } = await start();
      const answered = async (peer: Dealer): Promise<Message> => {
        await peer.send(requestParts(connection));
        const [, { header: parent, identities }] = await nextMessage();
        transport.send(
          socket,
          makeMessage(SENDER, 'is_complete_reply', { status: 'complete' }, { parent, identities })
        );
        return partsToMessage(await peer.receive(), connection.signing);
      };
      for (let count = 0; count < 3; count += 1) {
        const peer = dealer(connection, socket, 'the same');
        expect((await answered(peer)).header.type).toBe('is_complete_reply');
      }
    }
  );

  test('welcomes every subscriber, then delivers 5,000 messages in order', async () => {
    const { connection, transport } = await start();
    const subscribers = [0, 1].map(() => {
      const subscriber = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
      subscriber.connect(addressOf(connection, 'iopub'));
      subscriber.subscribe('');
      closers.push(() => subscriber.close());
      return subscriber;
    });
    const next = async (subscriber: Subscriber): Promise<Message> =>
      partsToMessage(await subscriber.receive(), connection.signing);
    for (const subscriber of subscribers) {
      expect(await next(subscriber)).toMatchObject({
        header: { type: 'iopub_welcome' },
        parent: null,
        content: { subscription: '' }
      });
    }
    for (let index = 0; index < 5_000; index += 1) {
      transport.send('iopub', makeMessage(SENDER, 'stream', { name: 'stdout', text: String(index) }));
    }
    const texts: string[] = [];
    while (texts.length < 5_000) {
      const { header, content } = await next(subscribers[1]!);
      if (header.type === 'stream') {
        texts.push(String(content['text']));
      }
    }
    expect(texts).toEqual(Array.from({ length: 5_000 }, (_, index) => String(index)));
  });

  test('the welcome is the first that the first subscriber gets, however much is being told', async () => {
    const firsts: string[] = [];
    for (let count = 0; count < 50; count += 1) {
      const { connection, transport } = await start();
      const subscriber = new Subscriber({ linger: 0 });
      subscriber.subscribe('');
      subscriber.connect(addressOf(connection, 'iopub'));
      let isOver = false;
      const talking = (async () => {
        while (!isOver) {
          transport.send('iopub', makeMessage(SENDER, 'status', { execution_state: 'starting' }));
          await new Promise(setImmediate);
        }
      })();
      firsts.push(partsToMessage(await subscriber.receive(), connection.signing).header.type);
      isOver = true;
      await talking;
      subscriber.close();
    }
    expect(new Set(firsts)).toEqual(new Set(['iopub_welcome']));
  });

  test('what was said shortly before the first subscriber came is heard after its welcome', async () => {
    const { connection, transport } = await start();
    transport.send('iopub', makeMessage(SENDER, 'status', { execution_state: 'busy' }));
    transport.send('iopub', makeMessage(SENDER, 'status', { execution_state: 'idle' }));
    const subscriber = new Subscriber({ linger: 0 });
    closers.push(() => subscriber.close());
    subscriber.subscribe('');
    subscriber.connect(addressOf(connection, 'iopub'));
    const heard: unknown[] = [];
    while (heard.length < 3) {
      const { header, content } = partsToMessage(await subscriber.receive(), connection.signing);
      heard.push('execution_state' in content ? content.execution_state : header.type);
    }
    expect(heard).toEqual(['iopub_welcome', 'busy', 'idle']);
  });

  test('echoes heartbeats', async () => {
    const { connection } = await start();
    const heart = new Request({ linger: 0 });
    heart.connect(addressOf(connection, 'heartbeat'));
    closers.push(() => heart.close());
    for (const beat of ['one', 'two']) {
      await heart.send(beat);
      expect((await heart.receive()).map(String)).toEqual([beat]);
    }
  });

  test('drops, counts and logs what is forged or malformed, and goes on', async () => {
    const { connection, transport, log, nextMessage } = await start();
    const peer = dealer(connection, 'shell');
    const forged = requestParts(connection);
    forged[1] = Buffer.from('0'.repeat(64));
    await peer.send(forged);
    await peer.send([Buffer.from('nonsense')]);
    await peer.send(requestParts(connection));
    expect((await nextMessage())[1].header.type).toBe('kernel_info_request');
    expect(transport.droppedCount).toBe(2);
    expect(log).toHaveLength(2);
  });

  test('keeps a question until the requester has connected its stdin socket', async () => {
    const { connection, transport } = await start();
    const question = makeMessage(
      SENDER,
      'input_request',
      { prompt: 'Name?', password: false },
      {
        identities: [Buffer.from('peer')]
      }
    );
    transport.send('stdin', question);
    const peer = dealer(connection, 'stdin');
    expect(partsToMessage(await peer.receive(), connection.signing).content).toEqual({
      prompt: 'Name?',
      password: false
    });
  });

  test('hands everything over before it closes', async () => {
    const { connection, transport, nextMessage } = await start();
    const peer = dealer(connection, 'control');
    await peer.send(requestParts(connection));
    const [, { identities }] = await nextMessage();
    transport.send(
      'control',
      makeMessage(SENDER, 'shutdown_reply', { status: 'ok', restart: false }, { identities })
    );
    await transport.flush();
    await transport.close();
    expect(partsToMessage(await peer.receive(), connection.signing).header.type).toBe('shutdown_reply');
  });

  test('names every address that is taken', async () => {
    const { connection } = await start();
    await expect(ZeromqTransport.bind(connection)).rejects.toMatchObject({
      code: 'transport.bind_failed',
      message: expect.stringMatching(
        `shell to .*:${connection.ports.shell} .*heartbeat to .*:${connection.ports.heartbeat} `
      )
    });
  });

  test('waits for a port that somebody else has for a moment', async () => {
    const { connection, transport } = await start();
    const bound = ZeromqTransport.bind(connection);
    setTimeout(() => void transport.close(), 200);
    const second = await bound;
    closers.push(() => second.close());
    const peer = dealer(connection, 'control');
    await peer.send(requestParts(connection));
    await new Promise<void>(resolve => second.onMessage(() => resolve()));
  });
});
