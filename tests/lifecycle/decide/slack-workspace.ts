// A workspace of Slack for tests: the Web API and Socket Mode as far as the app uses them, and refusing what the real one refuses. People click in it.
// https://docs.slack.dev/apis/events-api/using-socket-mode, https://docs.slack.dev/reference/interaction-payloads and the pages of each method
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import type { EventEmitter } from 'node:events';

interface Line extends EventEmitter {
  send(data: string | Buffer): void;
  close(code?: number): void;
  terminate(): void;
}
const { WebSocketServer } = createRequire(import.meta.url)('ws') as {
  WebSocketServer: new (options: { noServer: true }) => {
    handleUpgrade(request: IncomingMessage, socket: Socket, head: Buffer, done: (line: Line) => void): void;
    close(): void;
  };
};

/** Whatever Slack takes or gives. */
export type Json = { readonly [field: string]: unknown };

export const TEAM = 'T01ABC';
export const CHANNEL = 'C024BE91L';
/** How long a click may go unanswered, and a trigger be used. */
const PATIENCE_MS = 3000;

const MEMBER = {
  team_id: TEAM,
  deleted: false,
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false
};

export async function startWorkspace() {
  /** By id. Everybody here is in the channel. */
  const members = new Map<string, Json>([
    ['U024BE7LH', MEMBER],
    ['U0BOB', MEMBER]
  ]);
  const views: { readonly id: string; readonly view: Json }[] = [];
  const ephemeral: Json[] = [];
  const messages: { ts: string; thread: string | null; text: string; blocks: Json[] }[] = [];
  /** What went against Slack's rules. */
  const faults: string[] = [];
  const triggers = new Map<string, number>();
  const lines = new Set<Line>();
  const awaited = new Map<string, (payload: Json | null) => void>();
  const script = { errors: {} as { [method: string]: string }, limited: 0, handshake: 101 };
  let count = 0;

  const methods: { readonly [method: string]: (form: Json) => Json } = {
    'apps.connections.open': () => ({ ok: true, url: `ws://127.0.0.1:${port()}/link` }),
    'users.info': ({ user }) => {
      const member = members.get(String(user));
      return member ? { ok: true, user: { id: user, ...member } } : refused('user_not_found');
    },
    'chat.postMessage': ({ channel, text, blocks, thread_ts: thread }) => {
      const fault =
        channel === CHANNEL || channel === '#releases' ? faultOfBlocks(blocks) : 'channel_not_found';
      if (fault !== null || String(text ?? '') === '') {
        return refused(fault ?? 'no_text');
      }
      const ts = `1795333803.${String(++count).padStart(6, '0')}`;
      messages.push({
        ts,
        thread: (thread as string | undefined) ?? null,
        text: String(text),
        blocks: (blocks as Json[] | undefined) ?? []
      });
      return { ok: true, channel: CHANNEL, ts };
    },
    'chat.update': ({ ts, text, blocks }) => {
      const message = messages.find(each => each.ts === ts);
      const fault = message ? faultOfBlocks(blocks) : 'message_not_found';
      if (!message || fault !== null) {
        return refused(fault ?? '');
      }
      // Blocks stay where none are named.
      Object.assign(message, { text, ...(blocks === undefined ? {} : { blocks }) });
      return { ok: true, channel: CHANNEL, ts };
    },
    'chat.postEphemeral': form => {
      if (form['channel'] !== CHANNEL) {
        return refused('channel_not_found');
      }
      if (!members.has(String(form['user']))) {
        return refused('user_not_in_channel');
      }
      ephemeral.push(form);
      return { ok: true, message_ts: '1795333900.000001' };
    },
    'views.open': ({ trigger_id: trigger, view }) => {
      const until = triggers.get(String(trigger));
      triggers.delete(String(trigger));
      if (until === undefined) {
        return refused('exchanged_trigger_id');
      }
      if (until < Date.now()) {
        return refused('expired_trigger_id');
      }
      const fault = faultOfView(view as Json);
      if (fault !== null) {
        faults.push(fault);
        return refused('invalid_arguments');
      }
      const id = `V${String(++count).padStart(8, '0')}`;
      views.push({ id, view: view as Json });
      return { ok: true, view: { id } };
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = (request.url ?? '').replace(/^\/api\//, '');
    const form = formOf(await textOf(request), String(request.headers['content-type'] ?? ''));
    const send = (status: number, body: Json, headers = {}): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    const wanted = method === 'apps.connections.open' ? 'Bearer xapp-test' : 'Bearer xoxb-test-token';
    if (script.limited > 0) {
      script.limited--;
      send(429, refused('ratelimited'), { 'retry-after': '30' });
    } else if (request.headers.authorization !== wanted) {
      send(200, refused(request.headers.authorization ? 'invalid_auth' : 'not_authed'));
    } else if (script.errors[method] !== undefined) {
      send(200, refused(script.errors[method]));
    } else {
      send(200, methods[method]?.(form) ?? refused('unknown_method'));
    }
  };

  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket: Socket, head) => {
    if (script.handshake !== 101) {
      socket.end(`HTTP/1.1 ${script.handshake} Conflict\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, line => {
      lines.add(line);
      line.on('close', () => lines.delete(line));
      line.on('message', (data: Buffer) => {
        const { envelope_id: id, payload = {} } = JSON.parse(String(data)) as {
          envelope_id: string;
          payload?: Json;
        };
        awaited.get(id)?.(payload);
        awaited.delete(id);
      });
      line.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const port = (): number => (server.address() as AddressInfo).port;

  /** Sends an envelope to one of the lines; resolves with the answer, null after 3 s. */
  const send = (payload: Json): Promise<Json | null> => {
    const id = crypto.randomUUID();
    const answered = new Promise<Json | null>(resolve => {
      const timer = setTimeout(() => {
        faults.push(`no answer to a ${String(payload['type'])}`);
        resolve(null);
      }, PATIENCE_MS);
      awaited.set(id, answerOf => {
        clearTimeout(timer);
        resolve(answerOf);
      });
    });
    const [line] = lines;
    line?.send(
      JSON.stringify({ envelope_id: id, type: 'interactive', payload, accepts_response_payload: true })
    );
    return answered;
  };
  const who = (user: string, team = TEAM): Json => ({
    team: { id: team, domain: 'acme' },
    user: { id: user, username: 'ann', name: 'ann', team_id: team }
  });

  return {
    url: `http://127.0.0.1:${port()}/api/`,
    tokens: { LAUNCHBOOK_SLACK_APP_TOKEN: 'xapp-test', LAUNCHBOOK_SLACK_BOT_TOKEN: 'xoxb-test-token' },
    members,
    views,
    ephemeral,
    messages,
    faults,
    script,
    lines,
    send,
    /** Somebody presses a button of a message; `other` replaces parts of what Slack sends. */
    click(user: string, action: string, value: string, other: Json = {}): Promise<Json | null> {
      const trigger = `${++count}.${crypto.randomUUID()}`;
      triggers.set(trigger, Date.now() + PATIENCE_MS);
      return send({
        type: 'block_actions',
        ...who(user),
        api_app_id: 'A01',
        container: { type: 'message', message_ts: '1795333803.000002', channel_id: CHANNEL },
        channel: { id: CHANNEL, name: 'releases' },
        message: { ts: '1795333803.000002', thread_ts: '1795333803.000001' },
        trigger_id: trigger,
        response_url: 'https://hooks.slack.example/actions',
        actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: '1795333810.1' }],
        ...other
      });
    },
    /** Somebody sends the modal that was opened last. `values`: by block, what the element holds. */
    submit(user: string, values: Json, other: Json = {}): Promise<Json | null> {
      const { id, view } = views.at(-1)!;
      return send({
        type: 'view_submission',
        ...who(user),
        api_app_id: 'A01',
        view: { ...view, id, state: { values } },
        ...other
      });
    },
    /** The lines to the app end, as Slack does it for a new one. */
    refresh(): void {
      lines.forEach(line => line.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })));
    },
    async close(): Promise<void> {
      lines.forEach(line => line.terminate());
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>(resolve => void server.close(() => resolve()));
    }
  };
}

export type Workspace = Awaited<ReturnType<typeof startWorkspace>>;

function refused(error: string): Json {
  return { ok: false, error };
}

/** Slack takes forms, in which lists and objects are JSON. */
function formOf(body: string, type: string): Json {
  if (type.startsWith('application/json')) {
    return JSON.parse(body || '{}') as Json;
  }
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, text]) => [
      name,
      /^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text
    ])
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function faultOfBlocks(blocks: unknown): string | null {
  const list = (blocks ?? []) as readonly Json[];
  const texts = list.flatMap(({ text }) => (text as { readonly text?: string } | undefined)?.text ?? []);
  const elements = list.flatMap(({ elements: each }) => (each as Json[] | undefined) ?? []);
  const isWhole =
    list.length <= 50 &&
    texts.every(text => text.length > 0 && text.length <= 3000) &&
    elements.every(({ value }) => value === undefined || String(value).length <= 2000);
  return isWhole ? null : 'invalid_blocks';
}

function faultOfView(view: Json): string | null {
  const { type, title, blocks, submit, private_metadata: kept, callback_id: id } = view;
  const text = (part: unknown): string => (part as { readonly text?: string } | undefined)?.text ?? '';
  const inputs = (blocks as readonly Json[]).filter(each => each['type'] === 'input');
  const isBad =
    type !== 'modal' ||
    text(title).length < 1 ||
    text(title).length > 24 ||
    text(submit).length > 24 ||
    String(kept).length > 3000 ||
    String(id).length > 255 ||
    (inputs.length > 0 && text(submit) === '') ||
    inputs.some(({ label, element }) => text(label) === '' || text(label).length > 2000 || !element) ||
    (blocks as readonly unknown[]).length > 100;
  return isBad ? `a view that Slack refuses: ${JSON.stringify(view)}` : faultOfBlocks(blocks);
}
