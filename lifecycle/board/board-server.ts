// The board: a read-only web page of runs that follows their journals. Server-sent events carry the page's parts as HTML that
// is written here, escaped; the page has no way to ask for anything else. Nothing is served without the token, and whatever is asked for
// with or without it, the server answers or hangs up: it has limits of time, of size, of connections and of what a slow reader may owe.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { LaunchbookError } from '../../contract/base/error.js';
import { DecideRoutes, type DecideParts } from '../decide/decide-routes.js';
import { RunGlances } from '../decide/run-glances.js';
import { FollowedRuns } from './followed-runs.js';
import { BOARD_SCRIPT } from './page-script.js';
import { BOARD_STYLE } from './page-style.js';
import { pageOf } from './page.js';
import type { BoardPart } from './parts.js';
import { runsOfFolder } from './runs-of-folder.js';

/** How a board is served. */
export interface BoardOptions {
  /** The runs, each by its notebook; or a folder, of which it shows every run, also those that are made later. */
  readonly runs: readonly string[] | { readonly folder: string };
  /** Address to listen on. @default '127.0.0.1': this machine alone */
  readonly host?: string;
  /** @default 0: a free one */
  readonly port?: number;
  /** Secret part of the address. @default 32 random characters */
  readonly token?: string;
  /** Pages on which people decide, below `decide/`. Absent: the board can be read and nothing else. */
  readonly decide?: Omit<DecideParts, 'runs'>;
}

/** A board that is being served. */
export interface Board {
  /** With the token: whoever has it can read. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the board until it is closed. It reads journals and writes nothing.
 *
 * @throws LaunchbookError `board.no_port` when the address cannot be listened on.
 * @example
 * (await serveBoard({ runs: ['runs/2.4.0-staging/release.ipynb'] })).url // 'http://127.0.0.1:40123/9f…/'
 */
export async function serveBoard(options: BoardOptions): Promise<Board> {
  const token = options.token ?? randomBytes(16).toString('hex');
  const host = options.host ?? '127.0.0.1';
  const shown = options.runs;
  const find = 'folder' in shown ? () => runsOfFolder(shown.folder) : () => shown;
  const runs = new FollowedRuns(find);
  const decide = options.decide ? new DecideRoutes({ ...options.decide, runs: new RunGlances(find) }) : null;
  const server = createServer(LIMITS, (request, response) =>
    answer({ token, runs, decide }, request, response)
  );
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, host, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/${token}/`,
    async close() {
      runs.stop();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    }
  };
}

interface Served {
  readonly token: string;
  readonly runs: FollowedRuns;
  readonly decide: DecideRoutes | null;
}

/** A person reads a page in a moment; whoever takes longer to ask is not one. */
const LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000
};
const MOST_CONNECTIONS = 200;
/** What a reader of events has not taken yet; one that owes more is hung up on, and its page connects again. */
const MOST_OWED_BYTES = 1024 * 1024;

type Page = (served: Served, request: IncomingMessage, response: ServerResponse) => void;

/** A map, because a path such as `constructor` is a member of every object. */
const PAGES: ReadonlyMap<string, Page> = new Map([
  ['', (served, _, response) => void sendPage(served, response)],
  ['board.css', (_served, _, response) => send(response, 'text/css', BOARD_STYLE)],
  ['board.js', (_served, _, response) => send(response, 'text/javascript', BOARD_SCRIPT)],
  ['events', stream]
]);

function answer(served: Served, request: IncomingMessage, response: ServerResponse): void {
  const [, token = '', ...rest] = pathOf(request).split('/');
  if (token === 'decide' && served.decide) {
    void served.decide.answer(rest, request, response);
    return;
  }
  const page = rest.length === 1 ? PAGES.get(rest[0]!) : undefined;
  if (!isSameText(token, served.token) || !page) {
    refuse(response, 404, 'There is nothing here. The address of a board ends with its token and a slash.');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, 'A board can be read and nothing else.');
  } else {
    page(served, request, response);
  }
}

/** As it was sent, without the query; a proxy sends the whole address. Nothing is decoded: our paths have nothing to decode. */
function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0]!;
}

/** Takes the same time wherever the first difference is. */
function isSameText(seen: string, expected: string): boolean {
  const [a, b] = [Buffer.from(seen), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
};

async function sendPage({ runs }: Served, response: ServerResponse): Promise<void> {
  send(response, 'text/html', pageOf(await runs.parts()));
}

function send(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(text);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  // The rest of a request that is refused is not waited for.
  response
    .writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    .end(`${text}\n`);
}

/** Sends every part as it is now, then each one that changes, and a comment that keeps proxies from closing the line. */
function stream({ runs }: Served, { method }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  const write = (text: string): void => {
    response.write(text);
    if (response.writableLength > MOST_OWED_BYTES) {
      response.destroy();
    }
  };
  const leave = runs.look({
    tell: part => write(eventOf('part', part)),
    gone: id => write(eventOf('gone', { id }))
  });
  const beat = setInterval(() => write(': still here\n\n'), 15_000);
  response.on('close', () => {
    clearInterval(beat);
    leave();
  });
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html: JSON holds no line feed, so one data line is enough. */
function eventOf(name: 'part' | 'gone', data: BoardPart | { readonly id: string }): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error =>
      reject(
        new LaunchbookError(`Serving the board on ${host}, port ${port}: ${error.message}`, {
          code: 'board.no_port',
          hint: 'Choose another one with --port, or leave it out for a free one.',
          cause: error
        })
      )
    );
    server.listen(port, host, () => resolve());
  });
}
