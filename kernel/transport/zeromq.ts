// The five sockets of a kernel over ZeroMQ. Nothing is ever dropped on the way out (no high-water mark); what comes in
// forged, malformed or a second time is dropped, counted and logged. iopub welcomes each subscriber, so that it knows when it may begin.
// https://jupyter-client.readthedocs.io/en/latest/messaging.html#introduction
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Reply, Router, XPublisher } from 'zeromq';
import { LaunchbookError } from '../../contract/base/error.js';
import type { Channel, Transport } from '../core/ports/ports.js';
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

/** How long a port that somebody else has is waited for, and between two tries. */
const TAKEN_FOR_MS = 3_000;
const TAKEN_AGAIN_MS = 50;

const SUBSCRIBE = 1;

/** What is said before the first subscriber waits for it: so many messages, and so long. */
const MOST_UNHEARD = 100;
const UNHEARD_MS = 5_000;

/** The first dropped messages are logged one by one, up to this number; after that one of every this many. */
const TOLD_ONE_BY_ONE = 100;

/** A client that comes back under its name while its first connection still stands gets the answers from then on. */
const ROUTER = { sendHighWaterMark: 0, linger: LINGER_MS, handover: true };

type Handler = (channel: Channel, message: Message) => void;

/** Bound sockets of one kernel. */
export class ZeromqTransport implements Transport {
  readonly #connection: ConnectionInfo;
  readonly #onLog: (line: string) => void;
  readonly #shell: Router;
  readonly #control: Router;
  readonly #stdin: Router;
  readonly #iopub: XPublisher;
  readonly #heartbeat: Reply;
  readonly #queues: { readonly [channel in Channel]: SendQueue };
  readonly #sender = { session: randomUUID(), username: 'kernel' };
  #handle: Handler | null = null;
  readonly #seen = new SeenSignatures();
  #dropped = 0;
  /** What was said on iopub before anybody had subscribed; null once the first subscriber is welcomed. */
  #unheard: { readonly message: Message; readonly at: number }[] | null = [];

  private constructor(connection: ConnectionInfo, onLog: (line: string) => void) {
    this.#connection = connection;
    this.#onLog = onLog;
    const security = securityOf(connection);
    this.#shell = new Router({ ...ROUTER, ...security });
    this.#control = new Router({ ...ROUTER, ...security });
    this.#stdin = new Router({ ...ROUTER, ...security, mandatory: true });
    this.#iopub = new XPublisher({ sendHighWaterMark: 0, linger: LINGER_MS, ...security });
    this.#heartbeat = new Reply({ linger: 0, ...security });
    this.#queues = {
      shell: new SendQueue(this.#shell, { onLog }),
      control: new SendQueue(this.#control, { onLog }),
      iopub: new SendQueue(this.#iopub, { onLog }),
      stdin: new SendQueue(this.#stdin, { onLog, retries: STDIN_RETRIES })
    };
    this.#iopub.verbosity = 'allSubs';
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
    const sockets = {
      shell: transport.#shell,
      control: transport.#control,
      stdin: transport.#stdin,
      iopub: transport.#iopub,
      heartbeat: transport.#heartbeat
    };
    const faults = await bindAll(sockets, connection);
    if (faults.length > 0) {
      Object.values(sockets).forEach(socket => socket.close());
      throw new LaunchbookError(`Sockets could not be bound: ${faults.join('; ')}`, {
        code: 'transport.bind_failed',
        hint: 'Another process holds the address. Start the kernel again, so that its client chooses other ports.'
      });
    }
    void transport.#echoHeartbeats();
    void transport.#welcomeSubscribers();
    return transport;
  }

  /** How many messages were dropped because they were forged, malformed or sent twice. */
  get droppedCount(): number {
    return this.#dropped;
  }

  send(channel: Channel, message: Message): void {
    // ZeroMQ lets a subscription in while a message is being sent: the first subscriber would get that message before its welcome. And a
    // client that executes before its subscription has arrived would wait for ever for an end that nobody heard. So the last of what is
    // said until then waits for the first subscriber.
    if (channel === 'iopub' && this.#unheard !== null) {
      this.#unheard.push({ message, at: Date.now() });
      if (this.#unheard.length > MOST_UNHEARD) {
        this.#unheard.shift();
      }
      return;
    }
    this.#queues[channel].push(() => messageToParts(message, this.#connection.signing));
  }

  onMessage(handle: Handler): void {
    if (this.#handle === null) {
      void this.#receive('shell', this.#shell);
      void this.#receive('control', this.#control);
      void this.#receive('stdin', this.#stdin);
    }
    this.#handle = handle;
  }

  async flush(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map(queue => queue.whenEmpty()));
  }

  async close(): Promise<void> {
    for (const socket of [this.#shell, this.#control, this.#stdin, this.#iopub, this.#heartbeat]) {
      socket.close();
    }
  }

  async #receive(channel: Channel, socket: Router): Promise<void> {
    for await (const parts of socket) {
      try {
        this.#handle?.(channel, partsToMessage(parts, this.#connection.signing, this.#seen));
      } catch (thrown) {
        this.#dropped += 1;
        if (this.#dropped <= TOLD_ONE_BY_ONE || this.#dropped % TOLD_ONE_BY_ONE === 0) {
          this.#onLog(`A message on ${channel} was dropped (${this.#dropped} so far): ${String(thrown)}`);
        }
      }
    }
  }

  async #echoHeartbeats(): Promise<void> {
    const echoes = new SendQueue(this.#heartbeat, { onLog: this.#onLog });
    for await (const parts of this.#heartbeat) {
      echoes.push(() => parts);
    }
  }

  async #welcomeSubscribers(): Promise<void> {
    for await (const [event] of this.#iopub) {
      if (event?.[0] === SUBSCRIBE) {
        const topic = event.subarray(1);
        const content = { subscription: topic.toString('utf8') };
        const welcome = makeMessage(this.#sender, 'iopub_welcome', content, { identities: [topic] });
        const unheard = this.#unheard ?? [];
        this.#unheard = null;
        this.send('iopub', welcome);
        unheard
          .filter(({ at }) => Date.now() - at < UNHEARD_MS)
          .forEach(({ message: late }) => this.send('iopub', late));
      }
    }
  }
}

/** With keys in the connection file, sockets talk to those alone who know the public one. */
function securityOf({ encryption }: ConnectionInfo): object {
  return encryption === null ? {} : { curveServer: true, curveSecretKey: encryption.secretKey };
}

/** The client has chosen ports that were free; by now the system may have given one of them to a connection, most of which are short. */
async function bindInTime(
  socket: Router | XPublisher | Reply,
  address: string,
  until: number
): Promise<void> {
  for (;;) {
    try {
      await socket.bind(address);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EADDRINUSE' || Date.now() >= until) {
        throw error;
      }
      await sleep(TAKEN_AGAIN_MS);
    }
  }
}

/** Binds all sockets; returns what went wrong, one sentence a socket. */
async function bindAll(
  sockets: { readonly [name in SocketName]: Router | XPublisher | Reply },
  connection: ConnectionInfo
): Promise<string[]> {
  const faults: string[] = [];
  const until = Date.now() + TAKEN_FOR_MS;
  for (const name of Object.keys(sockets) as SocketName[]) {
    const address = addressOf(connection, name);
    await bindInTime(sockets[name], address, until).catch((cause: unknown) => {
      faults.push(`${name} to ${address} (${String(cause)})`);
    });
  }
  return faults;
}
