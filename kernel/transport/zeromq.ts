// The five sockets of a kernel over ZeroMQ. Nothing is ever dropped on the way out (no high-water mark); what comes in
// forged, malformed or a second time is dropped, counted and logged. iopub welcomes each subscriber, so that it knows when it may begin.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html#introduction
import { randomUUID } from 'node:crypto';
import { Reply, Router, XPublisher } from 'zeromq';
import { LaunchbookError } from '../../contract/error.js';
import type { Channel, Transport } from '../core/ports.js';
import { addressOf, type ConnectionInfo, type SocketName } from '../protocol/connection-file.js';
import { makeMessage } from '../protocol/make.js';
import type { Message } from '../protocol/messages.js';
import { SeenSignatures } from '../protocol/seen-signatures.js';
import { messageToParts, partsToMessage } from '../protocol/wire.js';
import { SendQueue } from './send-queue.js';

/** How long sockets may go on sending after they were closed, in milliseconds. */
const LINGER_MS = 1_000;

/** Questions wait up to this many tries for the requester's stdin socket to connect. */
const STDIN_RETRIES = 50;

const SUBSCRIBE = 1;

/** So many dropped messages are logged one by one, then every so manieth. */
const TOLD_ONE_BY_ONE = 100;

type Handler = (channel: Channel, message: Message) => void;

/** Bound sockets of one kernel. */
export class ZeromqTransport implements Transport {
  private readonly shell = new Router({ sendHighWaterMark: 0, linger: LINGER_MS });
  private readonly control = new Router({ sendHighWaterMark: 0, linger: LINGER_MS });
  private readonly stdin = new Router({ sendHighWaterMark: 0, linger: LINGER_MS, mandatory: true });
  private readonly iopub = new XPublisher({ sendHighWaterMark: 0, linger: LINGER_MS });
  private readonly heartbeat = new Reply({ linger: 0 });
  private readonly queues: { readonly [channel in Channel]: SendQueue };
  private readonly sender = { session: randomUUID(), username: 'kernel' };
  private handle: Handler | null = null;
  private readonly seen = new SeenSignatures();
  private dropped = 0;
  /** Somebody has subscribed to iopub and was welcomed. */
  private isHeard = false;

  private constructor(
    private readonly connection: ConnectionInfo,
    private readonly onLog: (line: string) => void
  ) {
    this.queues = {
      shell: new SendQueue(this.shell, { onLog }),
      control: new SendQueue(this.control, { onLog }),
      iopub: new SendQueue(this.iopub, { onLog }),
      stdin: new SendQueue(this.stdin, { onLog, retries: STDIN_RETRIES })
    };
    this.iopub.verbosity = 'allSubs';
  }

  /**
   * Binds the sockets. Messages wait in them until a handler is set.
   *
   * @throws {@link LaunchbookError} `transport.bind_failed` with every address that cannot be bound.
   */
  static async bind(
    connection: ConnectionInfo,
    onLog: (line: string) => void = () => {}
  ): Promise<ZeromqTransport> {
    const transport = new ZeromqTransport(connection, onLog);
    const { shell, control, stdin, iopub, heartbeat } = transport;
    const sockets = { shell, control, stdin, iopub, heartbeat };
    const faults = await bindAll(sockets, connection);
    if (faults.length > 0) {
      Object.values(sockets).forEach(socket => socket.close());
      throw new LaunchbookError(`Sockets could not be bound: ${faults.join('; ')}`, {
        code: 'transport.bind_failed',
        hint: 'Another process holds the address. Start the kernel again, so that its client chooses other ports.'
      });
    }
    void transport.echoHeartbeats();
    void transport.welcomeSubscribers();
    return transport;
  }

  /** How many messages were dropped because they were forged, malformed or sent twice. */
  get droppedCount(): number {
    return this.dropped;
  }

  send(channel: Channel, message: Message): void {
    // ZeroMQ lets a subscription in while a message is being sent: the first subscriber would get that message before its welcome. What
    // nobody hears is not sent.
    this.queues[channel].push(() =>
      channel === 'iopub' && !this.isHeard ? null : messageToParts(message, this.connection.signing)
    );
  }

  onMessage(handle: Handler): void {
    if (this.handle === null) {
      void this.receive('shell', this.shell);
      void this.receive('control', this.control);
      void this.receive('stdin', this.stdin);
    }
    this.handle = handle;
  }

  async flush(): Promise<void> {
    await Promise.all(Object.values(this.queues).map(queue => queue.whenEmpty()));
  }

  async close(): Promise<void> {
    for (const socket of [this.shell, this.control, this.stdin, this.iopub, this.heartbeat]) {
      socket.close();
    }
  }

  private async receive(channel: Channel, socket: Router): Promise<void> {
    for await (const parts of socket) {
      try {
        this.handle?.(channel, partsToMessage(parts, this.connection.signing, this.seen));
      } catch (thrown) {
        this.dropped += 1;
        if (this.dropped <= TOLD_ONE_BY_ONE || this.dropped % TOLD_ONE_BY_ONE === 0) {
          this.onLog(`A message on ${channel} was dropped (${this.dropped} so far): ${String(thrown)}`);
        }
      }
    }
  }

  private async echoHeartbeats(): Promise<void> {
    const echoes = new SendQueue(this.heartbeat, { onLog: this.onLog });
    for await (const parts of this.heartbeat) {
      echoes.push(() => parts);
    }
  }

  private async welcomeSubscribers(): Promise<void> {
    for await (const [event] of this.iopub) {
      if (event?.[0] === SUBSCRIBE) {
        const topic = event.subarray(1);
        const content = { subscription: topic.toString('utf8') };
        const welcome = makeMessage(this.sender, 'iopub_welcome', content, { identities: [topic] });
        this.queues.iopub.push(() => {
          this.isHeard = true;
          return messageToParts(welcome, this.connection.signing);
        });
      }
    }
  }
}

/** Binds all sockets; returns what went wrong, one sentence a socket. */
async function bindAll(
  sockets: { readonly [name in SocketName]: Router | XPublisher | Reply },
  connection: ConnectionInfo
): Promise<string[]> {
  const faults: string[] = [];
  for (const name of Object.keys(sockets) as SocketName[]) {
    const address = addressOf(connection, name);
    await sockets[name].bind(address).catch((cause: unknown) => {
      faults.push(`${name} to ${address} (${String(cause)})`);
    });
  }
  return faults;
}
