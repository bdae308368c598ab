// The stable address of a service: a small reverse proxy in front of whichever process runs it now. The address stays
// the same over deploys, and a service that is down answers 503 instead of a refused connection.
import {
  createServer,
  request as requestUpstream,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http';

export function makeGateway(service: string, portOf: () => number | null): Server {
  return createServer((request, response) => {
    const port = portOf();
    if (port === null) return refuse(response, 503, `${service} is not running`);
    forward(request, response, port, service);
  });
}

function forward(request: IncomingMessage, response: ServerResponse, port: number, service: string): void {
  const { method, url: path, headers } = request;
  const upstream = requestUpstream(
    { host: '127.0.0.1', port, method, path, headers, agent: false },
    reply => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
      reply.once('error', () => response.destroy());
    }
  );
  upstream.once('error', error => refuse(response, 502, `${service} did not answer: ${error.message}`));
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
}

function refuse(response: ServerResponse, status: number, error: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify({ error })}\n`);
}
