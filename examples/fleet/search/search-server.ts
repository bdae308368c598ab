// The log search over HTTP, the part of Splunk's REST API that runbooks use: jobs, jobs/export (v1 and v2) and server/info.
// Answers are JSON where that is asked for, else XML, as with Splunk; errors too: {"messages":[{"type","text"}]}.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Message, ResultRow } from './answer.ts';
import { INDEX } from './read-events.ts';
import { messagesOf, runSearch } from './run-search.ts';
import { SearchJobs, type JobAnswer } from './search-jobs.ts';
import { isSearchPage, renderSearchPage } from './search-page.ts';
import { SearchFault } from './spl/row.ts';
import { asXml } from './xml-answers.ts';

const FORM_LIMIT_BYTES = 1024 * 1024;
/** What stands behind it names an endpoint; the names of owner and app change nothing here. */
const SERVICES = /^\/services(?:NS\/[^/]+\/[^/]+)?\//;
const EXPORT_PATHS = ['search/v2/jobs/export', 'search/jobs/export'];

export function makeSearchServer(folder: string, token: string): Server {
  const jobs = new SearchJobs(folder);
  return createServer((request, response) => {
    answer(request, response, { folder, token, jobs }).catch((error: Error) => {
      const isXml = !/[?&]output_mode=json/.test(request.url ?? '');
      if (error instanceof SearchFault) refuse({ response, isXml }, 400, 'FATAL', error.message);
      else refuse({ response, isXml }, 500, 'ERROR', error.message);
    });
  });
}

/** Where an answer goes, and in which form. */
interface Reply {
  readonly response: ServerResponse;
  readonly isXml: boolean;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, token, jobs }: { readonly folder: string; readonly token: string; readonly jobs: SearchJobs }
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://search');
  if (isSearchPage(pathname)) {
    response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' });
    response.end(renderSearchPage(folder, searchParams, Date.now()));
    return;
  }
  const { method = '' } = request;
  const form = method === 'POST' ? new URLSearchParams(await readBody(request)) : new URLSearchParams();
  const fields = new URLSearchParams([...form, ...searchParams]);
  const field = (name: string) => fields.get(name) ?? '';
  const reply = { response, isXml: field('output_mode') !== 'json' };
  // Splunk's client for Python ends some paths with a slash.
  const path = SERVICES.test(pathname) ? pathname.replace(SERVICES, '').replace(/\/$/, '') : '';
  if (path === 'auth/login' && method === 'POST') return logIn(reply, field('password') === token, token);
  const credentials = request.headers.authorization ?? '';
  if (credentials !== `Bearer ${token}` && credentials !== `Splunk ${token}`) {
    return refuse(reply, 401, 'WARN', 'call not properly authenticated');
  }
  if (path === 'server/info') return sendServerInfo(reply);
  if (!['GET', 'POST', 'DELETE'].includes(method)) return refuse(reply, 405, 'ERROR', 'Method Not Allowed');
  if (!path.startsWith('search/')) return refuse(reply, 404, 'ERROR', 'Not Found');
  if (!['', 'json', 'xml'].includes(field('output_mode'))) {
    return refuse(reply, 400, 'FATAL', 'Only output_mode=json and output_mode=xml are supported.');
  }
  try {
    const answered = jobs.answer({ method, path, fields });
    if (answered !== null) return send(reply, answered);
    if (!EXPORT_PATHS.includes(path)) return refuse(reply, 404, 'ERROR', 'Not Found');
    const asked = {
      search: field('search'),
      earliest: field('earliest_time'),
      latest: field('latest_time')
    };
    sendRows(reply, runSearch(folder, asked, Date.now()), messagesOf(asked));
  } catch (error) {
    if (!(error instanceof SearchFault)) throw error;
    refuse(reply, 400, 'FATAL', error.message);
  }
}

/** A session key is the token: there is one user. */
function logIn(reply: Reply, isKnown: boolean, token: string): void {
  if (isKnown) send(reply, { status: 200, body: { sessionKey: token } });
  else refuse(reply, 401, 'WARN', 'Login failed');
}

function sendRows(reply: Reply, rows: readonly ResultRow[], messages: readonly Message[]): void {
  const { response, isXml } = reply;
  if (isXml) return send(reply, { status: 200, body: { results: rows, messages } });
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
  if (messages.length > 0) response.write(`${JSON.stringify({ preview: false, messages })}\n`);
  if (rows.length === 0) response.write('{"preview":false,"lastrow":true}\n');
  for (const [offset, result] of rows.entries()) {
    const isLast = offset === rows.length - 1;
    response.write(
      `${JSON.stringify({ preview: false, offset, ...(isLast && { lastrow: true }), result })}\n`
    );
  }
  response.end();
}

function sendServerInfo(reply: Reply): void {
  const content = {
    serverName: 'fleet',
    product_type: 'launchbook example fleet',
    version: '1.0.0',
    defaultIndex: INDEX
  };
  send(reply, { status: 200, body: { entry: [{ name: 'server-info', content }], messages: [] } });
}

function refuse(reply: Reply, status: number, type: string, text: string): void {
  send(reply, { status, body: { messages: [{ type, text }] } });
}

function send({ response, isXml }: Reply, { status, body, isEntity = false }: JobAnswer): void {
  const type = isXml ? 'text/xml' : 'application/json';
  response.writeHead(status, { 'content-type': `${type}; charset=UTF-8` });
  response.end(isXml ? asXml(body, isEntity) : `${JSON.stringify(body)}\n`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > FORM_LIMIT_BYTES)
      throw new SearchFault(`The form is larger than ${FORM_LIMIT_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
