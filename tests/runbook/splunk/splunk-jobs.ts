// The job endpoints of Splunk's REST API over HTTP, with the paths, parameters and answers that its reference gives, and faults on request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';

/** What the server does with the next jobs. */
export interface JobScript {
  /** Rows that the search finds. */
  rows: number;
  /** How often the state is RUNNING before it is DONE; Infinity for a search that never ends. */
  rounds: number;
  /** Ends as FAILED with this message. */
  fatal: string | null;
  /** What is said beside the rows of a page alone. */
  pageMessages: readonly { readonly type: string; readonly text: string }[];
  /** Pages end here, whatever was found. */
  lostAfter: number;
  /** Answer to `control`: a status. */
  controlStatus: number;
  /** Largest page, as `maxresultrows` of a real server. */
  pageLimit: number;
}

/** The server of one test file. */
export interface SplunkJobs {
  readonly url: string;
  readonly script: JobScript;
  /** `GET /path` with its form or query, in order. */
  readonly seen: { readonly line: string; readonly form: { readonly [name: string]: string } }[];
  reset(): void;
}

const DEFAULTS: JobScript = {
  rows: 3,
  rounds: 0,
  fatal: null,
  pageMessages: [],
  lostAfter: Infinity,
  controlStatus: 200,
  pageLimit: 50_000
};

/** Starts before the tests of the file and stops after them. */
export function serveSplunkJobs(): SplunkJobs {
  const jobs = new Map<string, { rounds: number }>();
  const seen: SplunkJobs['seen'] = [];
  const script = { ...DEFAULTS };
  const answer = (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://x');
    const form = Object.fromEntries(request.method === 'POST' ? new URLSearchParams(body) : url.searchParams);
    seen.push({ line: `${request.method} ${url.pathname.replace(/launchbook_[0-9a-f-]+/, 'SID')}`, form });
    const send = (status: number, value: unknown): void =>
      void response.writeHead(status).end(JSON.stringify(value));
    const [, sid = '', rest = ''] =
      /^\/services\/search\/(?:v2\/)?jobs\/([^/]+)(\/\w+)?$/.exec(url.pathname) ?? [];
    const job = jobs.get(sid);
    if (request.headers.authorization !== 'Bearer test-token') {
      send(401, { messages: [{ type: 'WARN', text: 'call not properly authenticated' }] });
    } else if (url.pathname === '/services/search/jobs' && request.method === 'POST') {
      jobs.set(form['id']!, { rounds: script.rounds });
      send(201, { sid: form['id'] });
    } else if (!job) {
      send(404, { messages: [{ type: 'FATAL', text: 'Unknown sid.' }] });
    } else if (rest === '/control') {
      send(script.controlStatus, { messages: [{ type: 'INFO', text: `Search job ${form['action']}ed.` }] });
    } else if (rest === '/results') {
      const [offset, count] = [Number(form['offset']), Number(form['count'])];
      const until = Math.min(offset + Math.min(count, script.pageLimit), script.rows, script.lostAfter);
      const results = Array.from({ length: Math.max(0, until - offset) }, (_, index) => ({
        n: String(offset + index)
      }));
      send(200, { preview: false, init_offset: offset, messages: script.pageMessages, results });
    } else {
      const isDone = job.rounds-- <= 0;
      const state = script.fatal !== null && isDone ? 'FAILED' : isDone ? 'DONE' : 'RUNNING';
      const messages = script.fatal === null ? [] : [{ type: 'FATAL', text: script.fatal }];
      const content = {
        dispatchState: state,
        isDone,
        isFailed: state === 'FAILED',
        resultCount: isDone ? script.rows : 0,
        messages
      };
      send(200, { entry: [{ name: 'search', content }] });
    }
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => answer(request, body, response));
  });
  beforeAll(() => new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    return new Promise<void>(resolve => void server.close(() => resolve()));
  });
  return {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    script,
    seen,
    reset() {
      seen.length = 0;
      Object.assign(script, DEFAULTS);
    }
  };
}
