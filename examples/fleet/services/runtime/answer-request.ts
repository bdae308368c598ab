// Answers one HTTP request of a service: `/health` and `/version` for the people who run it, its routes for the shop.
// Every request of the shop is logged; probes are not, they would drown the rest.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { findRoute, type Reply, type Routes, type ServiceContext } from './routes.ts';

const BODY_LIMIT_BYTES = 64 * 1024;

export interface RunningService {
  readonly routes: Routes;
  readonly identity: Readonly<Record<string, string | number>>;
  /** Text of what is wrong, undefined when nothing is. */
  health(): string | undefined;
  /** Text of what makes every request of the shop fail, undefined when nothing does. */
  trouble(): string | undefined;
  readonly context: ServiceContext;
}

export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  service: RunningService
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://service');
  if (pathname === '/health') return send(response, healthReply(service));
  if (pathname === '/version') return send(response, { status: 200, body: service.identity });

  const startedMs = performance.now();
  const reply = await shopReply(request, pathname, service);
  const fields = {
    method: request.method ?? '',
    path: pathname,
    status: reply.status,
    durationMs: Math.round((performance.now() - startedMs) * 10) / 10
  };
  if (reply.status >= 400) service.context.log.warn('request refused', fields);
  else service.context.log.info('request served', fields);
  send(response, reply);
}

function healthReply({ identity, health }: RunningService): Reply {
  const problem = health();
  const status = problem === undefined ? 'healthy' : 'unhealthy';
  return {
    status: problem === undefined ? 200 : 503,
    body: {
      status,
      service: identity['service'],
      version: identity['version'],
      ...(problem !== undefined && { problem })
    }
  };
}

async function shopReply(
  request: IncomingMessage,
  path: string,
  { routes, trouble, context }: RunningService
): Promise<Reply> {
  const route = findRoute(routes, request.method ?? 'GET', path);
  if (route === undefined) return { status: 404, body: { error: `nothing at ${request.method} ${path}` } };
  try {
    const problem = trouble();
    if (problem !== undefined) throw new Error(problem);
    return route.handle({ params: route.params, body: await readJson(request) }, context);
  } catch (error) {
    const message = (error as Error).message;
    if (error instanceof BadBodyError) return { status: 400, body: { error: message } };
    context.log.error('request failed', { path, error: message });
    return { status: 500, body: { error: message } };
  }
}

class BadBodyError extends Error {}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > BODY_LIMIT_BYTES)
      throw new BadBodyError(`the body is larger than ${BODY_LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  if (sizeBytes === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BadBodyError('the body is not JSON');
  }
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
