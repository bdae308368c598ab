// The log search over HTTP, the part of Splunk's REST API that runbooks use: jobs, jobs/export (v1 and v2) and server/info.
// Errors have Splunk's form {"messages":[{"type","text"}]}. https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { INDEX } from './read-events.ts';
import { runSearch, type ResultRow } from './run-search.ts';
import { SearchJobs } from './search-jobs.ts';
import { isSearchPage, renderSearchPage } from './search-page.ts';
import { SearchFault } from './spl/row.ts';

const FORM_LIMIT_BYTES = 1024 * 1024;
/** What stands behind it names an endpoint; the names of owner and app change nothing here. */
const SERVICES = /^\/services(?:NS\/[^/]+\/[^/]+)?\//;
const EXPORT_PATHS = ['search/v2/jobs/export', 'search/jobs/export'];

export function makeSearchServer(folder: string, token: string): Server {
  const jobs = new SearchJobs(folder);
  return createServer((request, response) => {
    answer(request, response, { folder, token, jobs }).catch((error: Error) => {
      if (error instanceof SearchFault) refuse(response, 400, 'FATAL', error.message);
      else refuse(response, 500, 'ERROR', error.message);
    });
  });
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
  const credentials = request.headers.authorization ?? '';
  if (credentials !== `Bearer ${token}` && credentials !== `Splunk ${token}`) {
    return refuse(response, 401, 'WARN', 'call not properly authenticated');
  }
  const { method = '' } = request;
  const path = SERVICES.test(pathname) ? pathname.replace(SERVICES, '') : '';
  if (path === 'server/info') return sendServerInfo(response);
  if (!['GET', 'POST', 'DELETE'].includes(method))
    return refuse(response, 405, 'ERROR', 'Method Not Allowed');

  const form = method === 'POST' ? new URLSearchParams(await readBody(request)) : new URLSearchParams();
  const fields = new URLSearchParams([...form, ...searchParams]);
  const field = (name: string) => fields.get(name) ?? '';
  if (!path.startsWith('search/')) return refuse(response, 404, 'ERROR', 'Not Found');
  if (field('output_mode') !== 'json') throw new SearchFault('Only output_mode=json is supported.');
  const answered = jobs.answer({ method, path, fields });
  if (answered !== null) return sendJson(response, answered.status, answered.body);
  if (!EXPORT_PATHS.includes(path)) return refuse(response, 404, 'ERROR', 'Not Found');
  const rows = runSearch(
    folder,
    { search: field('search'), earliest: field('earliest_time'), latest: field('latest_time') },
    Date.now()
  );
  sendRows(response, rows);
}

function sendRows(response: ServerResponse, rows: readonly ResultRow[]): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
  if (rows.length === 0) response.write('{"preview":false,"lastrow":true}\n');
  for (const [offset, result] of rows.entries()) {
    const isLast = offset === rows.length - 1;
    response.write(
      `${JSON.stringify({ preview: false, offset, ...(isLast && { lastrow: true }), result })}\n`
    );
  }
  response.end();
}

function sendServerInfo(response: ServerResponse): void {
  const content = {
    serverName: 'fleet',
    product_type: 'launchbook example fleet',
    version: '1.0.0',
    defaultIndex: INDEX
  };
  sendJson(response, 200, { entry: [{ name: 'server-info', content }], messages: [] });
}

function refuse(response: ServerResponse, status: number, type: string, text: string): void {
  sendJson(response, status, { messages: [{ type, text }] });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(`${JSON.stringify(body)}\n`);
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
