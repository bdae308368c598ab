// The pages of `launchbook board --decide`: `decide/SECRET/` shows one question and takes tokens for it, `decide/enrol/` makes a passkey.
// What is posted is a token, which proves itself: no cookie, no session. Only the login of JupyterHub, where it counts, has one (hub-login.ts).
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';
import {
  LONGEST_POST,
  VOUCHED_TYPE,
  type DecisionNews,
  type EnrolmentPageData,
  type ListNews,
  type PostAnswer
} from '../../contract/decide/decision-page.js';
import { rulesOf } from '../../contract/holds/approval-rules.js';
import { isSameJson } from '../../contract/base/stable-text.js';
import { watchRun } from '../status/watch-run.js';
import { addressOfSender } from './address-of-sender.js';
import type { HubLogin } from './hub-login.js';
import { listDataOf, listNewsOf, type ShownList } from './list-page-data.js';
import { loadPageAssets, type PageAssets } from './page-assets.js';
import { newsOf, pageDataOf, type ShownHold } from './page-data.js';
import { pageHtml, plainPage } from './page-html.js';
import { PostLimit } from './post-limit.js';
import { readBody } from './read-body.js';
import type { RunGlances } from './run-glances.js';
import { takePostedAct } from './take-posted-act.js';
import { takePostedToken } from './take-posted-token.js';
import { takeVouched } from './take-vouched.js';
import type { Voucher } from './voucher.js';

/** What the pages are served from. */
export interface DecideParts {
  readonly runs: RunGlances;
  /** What the enrolment page says; null: launchbook.yml names no pages, and there is none. */
  readonly enrolment: () => EnrolmentPageData | null;
  /** Seals what logins decide. Absent: none decides. */
  readonly voucher?: Voucher;
  /** The login of JupyterHub on the page. Absent: there is none. */
  readonly hub?: HubLogin | null;
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'publickey-credentials-get=(self), publickey-credentials-create=(self), clipboard-write=(self), camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
};

/** The scripts change their address when they change. */
const ASSET_HEADERS = { ...HEADERS, 'cache-control': 'public, max-age=31536000, immutable' };

export class DecideRoutes {
  readonly #parts: DecideParts;
  readonly #limit = new PostLimit();
  readonly #compressed = new Map<string, Buffer>();
  /** Tokens are verified one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: DecideParts) {
    this.#parts = parts;
  }

  /** Answers a request for `decide/` and the rest of its path. Never rejects. */
  async answer(rest: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(rest, request, response);
    } catch {
      this.#refuse(response, 500, 'This could not be answered. Load the page again.');
    }
  }

  async #answer(rest: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const [first = '', second, ...more] = rest;
    const assets = await loadPageAssets();
    const asset = rest.length === 1 ? assetOf(first, assets) : undefined;
    if (asset && isRead) {
      this.#send(request, response, { ...asset, headers: ASSET_HEADERS });
      return;
    }
    const enrolment = first === 'enrol' ? this.#parts.enrolment() : null;
    if (enrolment && second === '' && more.length === 0 && isRead) {
      this.#sendPage(request, response, pageHtml('enrolment', enrolment, assets));
      return;
    }
    const { hub, voucher } = this.#parts;
    if (hub && voucher && first === 'hub' && isRead) {
      await this.#logIn(hub, rest.join('/'), request, response);
      return;
    }
    const found =
      /^[\da-f]{32}$/.test(first) && more.length === 0 ? await this.#parts.runs.holdOf(first) : null;
    if (!found || (second !== '' && second !== 'events')) {
      this.#refuse(response, 404, 'No question waits at this address. Ask whoever sent it for a new one.');
    } else if (second === 'events' && isRead) {
      this.#follow(first, found, request, response);
    } else if (second === '' && isRead) {
      const person = await this.#personAt(request);
      const html =
        'list' in found
          ? pageHtml('list', listDataOf(found, person), assets)
          : pageHtml('decision', pageDataOf(found, person), assets);
      this.#sendPage(request, response, html);
    } else if (second === '' && request.method === 'POST') {
      await this.#take(found, request, response);
    } else {
      this.#refuse(response, 405, 'A question can be read, and a token posted to it.');
    }
  }

  async #take(
    found: ShownHold | ShownList,
    request: IncomingMessage,
    response: ServerResponse
  ): Promise<void> {
    const seconds = this.#limit.waitFor(addressOfSender(request));
    if (seconds !== null) {
      response.setHeader('retry-after', String(seconds));
      this.#refuse(response, 429, `Too many were sent from this address. Wait ${seconds} s.`);
      return;
    }
    const body = await readBody(request, LONGEST_POST);
    if (body === null) {
      this.#refuse(response, 413, `A token has at most ${LONGEST_POST} bytes.`);
      return;
    }
    const take = (token: string): Promise<PostAnswer> =>
      'list' in found
        ? takePostedAct(found.path, token)
        : takePostedToken(found.path, found.approval.id, token);
    const { voucher } = this.#parts;
    const isVouched = voucher && request.headers['content-type'] === VOUCHED_TYPE;
    if (isVouched && !originsOf(found).includes(request.headers.origin ?? '')) {
      this.#refuse(response, 403, 'A login decides on the decision page alone.');
      return;
    }
    const person = isVouched ? ((await this.#personAt(request)) ?? null) : null;
    const turn = this.#turn.then(() =>
      isVouched
        ? takeVouched(body, person === null ? null : { by: person, login: `hub:${person}` }, voucher, take)
        : take(body)
    );
    this.#turn = turn.catch(() => undefined);
    const answer = await turn;
    response
      .writeHead(answer.isTaken ? 202 : 422, {
        ...HEADERS,
        'content-type': 'application/json; charset=utf-8'
      })
      .end(JSON.stringify(answer));
  }

  /** Whom the hub names; undefined where none is asked. */
  async #personAt({ headers }: IncomingMessage): Promise<string | null | undefined> {
    const { hub, voucher } = this.#parts;
    return hub && voucher ? hub.personOf(headers.cookie) : undefined;
  }

  async #logIn(
    hub: HubLogin,
    path: string,
    { url = '', headers }: IncomingMessage,
    response: ServerResponse
  ): Promise<void> {
    const query = new URLSearchParams(url.split('?')[1] ?? '');
    const to = query.get('to') ?? '';
    if (path === 'hub/' && /^[\da-f]{32}$/.test(to)) {
      const { location, cookie } = hub.begin(to);
      response.writeHead(302, { ...HEADERS, location, 'set-cookie': cookie }).end();
      return;
    }
    const done = path === 'hub/callback' ? await hub.finish(query, headers.cookie) : null;
    if (done === null) {
      this.#refuse(
        response,
        403,
        'JupyterHub has named nobody for this browser. Open the question again and log in.'
      );
      return;
    }
    response.writeHead(302, { ...HEADERS, location: `../${done.to}/`, 'set-cookie': done.cookie }).end();
  }

  /** Tells what has happened since, now and whenever it changes; a comment keeps proxies from closing the line. */
  #follow(
    secret: string,
    found: ShownHold | ShownList,
    request: IncomingMessage,
    response: ServerResponse
  ): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    let told: DecisionNews | ListNews | null = null;
    const tell = async (): Promise<void> => {
      const now = await this.#parts.runs.holdOf(secret);
      const news = now && ('list' in now ? listNewsOf(now) : newsOf(now));
      if (news && !isSameJson(news, told)) {
        told = news;
        response.write(`event: news\ndata: ${JSON.stringify(news)}\n\n`);
      } else {
        response.write(': still here\n\n');
      }
    };
    void watchRun(found.path, tell, gone.signal).catch(() => response.destroy());
  }

  #sendPage(request: IncomingMessage, response: ServerResponse, text: string): void {
    this.#send(request, response, { type: 'text/html', text, headers: HEADERS });
  }

  /** Compressed where the browser takes it: a phone may be where 20 kB take a second. */
  #send(
    { headers: asked }: IncomingMessage,
    response: ServerResponse,
    { type, text, headers }: { type: string; text: string; headers: object }
  ): void {
    const isSmall = /\bbr\b/.test(String(asked['accept-encoding'] ?? ''));
    response
      .writeHead(200, {
        ...headers,
        'content-type': `${type}; charset=utf-8`,
        vary: 'accept-encoding',
        ...(isSmall ? { 'content-encoding': 'br' } : {})
      })
      .end(isSmall ? this.#compress(text, headers === ASSET_HEADERS) : text);
  }

  #compress(text: string, isKept: boolean): Buffer {
    const params = { [constants.BROTLI_PARAM_QUALITY]: isKept ? 11 : 5 };
    const compressed = this.#compressed.get(text) ?? brotliCompressSync(text, { params });
    if (isKept) {
      this.#compressed.set(text, compressed);
    }
    return compressed;
  }

  #refuse(response: ServerResponse, status: number, text: string): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    // The rest of a request that is refused is not waited for.
    response
      .writeHead(status, { ...HEADERS, 'content-type': 'text/html; charset=utf-8', connection: 'close' })
      .end(plainPage(text));
  }
}

/** The addresses of the page that count for it: in production none of localhost. */
function originsOf(found: ShownHold | ShownList): readonly string[] {
  const { decide } =
    'list' in found ? (found.files.state.policy?.policy ?? {}) : rulesOf(found.approval.request);
  return decide?.origins ?? [];
}

function assetOf(
  name: string,
  { style, scripts }: PageAssets
): { readonly type: string; readonly text: string } | undefined {
  return new Map([
    ['page.css', { type: 'text/css', text: style }],
    ['decision.js', { type: 'text/javascript', text: scripts.decision }],
    ['list.js', { type: 'text/javascript', text: scripts.list }],
    ['enrolment.js', { type: 'text/javascript', text: scripts.enrolment }]
  ]).get(name);
}
