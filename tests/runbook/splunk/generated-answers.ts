// Answers of a Splunk that is well, or is not: cut, empty, previews, peers down, limits, remarks of every level, over both endpoints.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import type { SplunkMessage } from '../../../runbook/index.js';

/** What the server says to one search, and whether anything may be concluded from it. */
export interface GeneratedAnswer {
  readonly name: string;
  readonly isComplete: boolean;
  readonly via: 'export' | 'job';
  /** Rows that are there. */
  readonly rows: number;
  readonly messages: readonly SplunkMessage[];
  readonly fault: Fault | null;
  /** The sizes of the parts in which an exported answer comes. */
  readonly partBytes: number;
  readonly hasPreviews: boolean;
}

type Fault = (typeof FAULTS)['export' | 'job'][number];

const FAULTS = {
  export: ['empty', 'no content', 'no last row', 'cut in a line', 'previews only', 'messages only', 'broken'],
  job: ['finalized', 'no count', 'lost pages', 'empty page', 'preview page', 'broken page']
} as const;

/** Part of a warning that the profile of the tests calls harmless. */
export const HARMLESS = 'does not exist or is disabled';

const OF_COMPLETE: readonly SplunkMessage[] = [
  { type: 'INFO', text: 'Your timerange was substituted based on your search string' },
  { type: 'INFO', text: 'No matching events found' },
  { type: 'INFO', text: "Specified field(s) missing from results: 'service'" },
  { type: 'INFO', text: "Successfully read lookup file '/opt/splunk/lookups/partial.csv'." },
  { type: 'DEBUG', text: 'base lispy: [ AND index::fleet incomplete timed out ]' },
  { type: 'DEBUG', text: 'search context: user="deploy", app="search", bs-pathname="/opt/splunk/etc"' },
  { type: 'WARN', text: 'Events might not be returned in sub-second order due to search memory limits.' },
  {
    type: 'WARN',
    text: 'Configuration initialization for /opt/splunk/etc took longer than expected (1024ms) when dispatching a search'
  },
  { type: 'warn', text: "Eventtype 'wineventlog' does not exist or is disabled." }
];

const OF_INCOMPLETE: readonly SplunkMessage[] = [
  {
    type: 'WARN',
    text: 'Search results might be incomplete: the search process on the peer idx2 ended prematurely.'
  },
  { type: 'INFO', text: 'Search auto-finalized after time limit (30 seconds) reached.' },
  { type: 'INFO', text: '[subsearch]: Subsearch produced 50000 results, truncating to maxout 10000.' },
  {
    type: 'WARN',
    text: 'Unable to distribute to peer named idx2 at uri https://idx2:8089 because peer has status=Down.'
  },
  { type: 'ERROR', text: 'Timed out waiting for peer idx3. Search results might be incomplete!' },
  { type: 'INFO', text: 'Search auto-finalized after disk usage limit (100MB) reached.' },
  { type: 'DEBUG', text: 'Search results are partial' },
  {
    type: 'WARN',
    text: "'stats' command: limit for values of field 'service' reached. Some values may have been truncated or ignored."
  },
  { type: 'WARN', text: 'Something that nobody has heard of' },
  { type: 'NOTICE', text: 'A level that nobody knows' },
  { type: 'ERROR', text: 'Streamed search execute failed because: bucket fleet~12 is not available' },
  { type: 'INFO', text: 'Gave up waiting for 2 of 5 indexers' }
];

/** Draws one answer; half of them are complete. */
export function drawAnswer(random: () => number): GeneratedAnswer {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const via = pick(['export', 'job'] as const);
  const isComplete = random() < 0.5;
  const hasFault = !isComplete && random() < 0.6;
  const remarks = Array.from({ length: Math.floor(random() * 3) }, () => pick(OF_COMPLETE));
  const messages = isComplete || hasFault ? remarks : [...remarks, pick(OF_INCOMPLETE)];
  const fault = hasFault ? pick<Fault>(FAULTS[via]) : null;
  const isLost =
    fault !== null && ['lost pages', 'empty page', 'preview page', 'broken page'].includes(fault);
  return {
    name: fault ?? messages.map(({ text }) => text).join(' + '),
    isComplete,
    via,
    rows: Math.floor(random() * 6) + (isLost || fault === 'no last row' || fault === 'previews only' ? 1 : 0),
    messages,
    fault,
    partBytes: 10 + Math.floor(random() * 200),
    hasPreviews: random() < 0.3
  };
}

/** Serves whatever answer is set. Starts before the tests of the file and stops after them. */
export function serveGeneratedAnswers(): { readonly url: string; answer: GeneratedAnswer | null } {
  const held: { url: string; answer: GeneratedAnswer | null } = { url: '', answer: null };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const answer = held.answer!;
    let body = '';
    request.on('data', part => (body += String(part)));
    request.on('end', () => {
      if (pathname.endsWith('/export')) {
        void sendExport(answer, response);
      } else {
        sendJob(answer, new URL(`${request.url}${body === '' ? '' : `?${body}`}`, 'http://x'), response);
      }
    });
  });
  beforeAll(async () => {
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
    held.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise<void>(resolve => void server.close(() => resolve()));
  });
  return held;
}

async function sendExport(answer: GeneratedAnswer, response: ServerResponse): Promise<void> {
  const { fault, rows, messages, hasPreviews } = answer;
  const row = (n: number, isLast: boolean, preview = false): string =>
    JSON.stringify({ preview, offset: n, ...(isLast ? { lastrow: true } : {}), result: { n: String(n) } });
  const numbers = Array.from({ length: rows }, (_, n) => n);
  const previews =
    hasPreviews || fault === 'previews only' ? numbers.map(n => row(n, n === rows - 1, true)) : [];
  const final = numbers.map(n => row(n, n === rows - 1 && fault !== 'no last row'));
  const end = rows === 0 && fault !== 'no last row' ? ['{"preview":false,"lastrow":true}'] : [];
  const said = messages.length > 0 ? [JSON.stringify({ messages })] : [];
  const hasRows = !['previews only', 'messages only', 'empty', 'no content'].includes(fault ?? '');
  const lines = [...previews, ...(hasRows ? [...final, ...end] : []), ...said];
  const whole = fault === 'empty' || fault === 'no content' ? '' : lines.map(line => `${line}\n`).join('');
  const isCut = fault === 'cut in a line' || fault === 'broken';
  const text = isCut ? `${lines[0] ?? '{}'}\n{"preview":false,"off` : whole;
  response.writeHead(fault === 'no content' ? 204 : 200);
  for (let start = 0; start < text.length; start += answer.partBytes) {
    response.write(text.slice(start, start + answer.partBytes));
  }
  if (fault === 'broken') {
    await new Promise(resolve => setTimeout(resolve, 5));
    response.destroy();
  } else {
    response.end();
  }
}

function sendJob({ fault, rows, messages }: GeneratedAnswer, url: URL, response: ServerResponse): void {
  const send = (status: number, value: unknown): void =>
    void response.writeHead(status).end(JSON.stringify(value));
  const [, sid = '', rest = ''] = /\/jobs\/([^/]+)(\/\w+)?$/.exec(url.pathname) ?? [];
  if (sid === '') {
    send(201, { sid: url.searchParams.get('id') });
  } else if (rest === '/control') {
    send(200, { messages: [] });
  } else if (rest === '/results') {
    const offset = Number(url.searchParams.get('offset'));
    const lost = fault === 'lost pages' ? Math.floor(rows / 2) : rows;
    const results = Array.from({ length: Math.max(0, lost - offset) }, (_, n) => ({ n: String(offset + n) }));
    if (fault === 'empty page') {
      response.writeHead(200).end();
    } else if (fault === 'broken page') {
      response.writeHead(200, { 'content-length': '500' }).write('{"results":[');
      setTimeout(() => response.destroy(), 5);
    } else {
      send(200, { preview: fault === 'preview page', init_offset: offset, messages: [], results });
    }
  } else {
    const content = {
      dispatchState: 'DONE',
      isDone: true,
      isFailed: false,
      isFinalized: fault === 'finalized',
      ...(fault === 'no count' ? {} : { resultCount: rows }),
      messages
    };
    send(200, { entry: [{ name: 'search', content }] });
  }
}
