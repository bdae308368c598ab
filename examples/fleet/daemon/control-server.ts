// What fleetctl asks of the daemon: the processes. Everything else of a deploy is done by fleetctl itself.
// GET /instances, POST /instances/NAME/start?injectFailure=1, POST /instances/NAME/stop; each with the token.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Supervisor } from './supervisor.ts';

export function makeControlServer(
  supervisor: Supervisor,
  services: readonly string[],
  token: string
): Server {
  return createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(response, 401, { error: 'wrong or missing token' });
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control');
    const [, collection, service = '', action = ''] = pathname.split('/');

    if (collection !== 'instances') return send(response, 404, { error: `nothing at ${pathname}` });
    if (service === '')
      return send(
        response,
        200,
        services.map(name => supervisor.statusOf(name))
      );
    if (!services.includes(service)) return send(response, 404, { error: `no service ${service}` });
    if (request.method !== 'POST') return send(response, 200, supervisor.statusOf(service));

    const work =
      action === 'start'
        ? supervisor.start(service, { injectFailure: searchParams.get('injectFailure') === '1' })
        : action === 'stop'
          ? supervisor.stop(service)
          : Promise.reject(new Error(`unknown action "${action}": expected start or stop`));
    work.then(
      status => send(response, 200, status),
      (error: Error) => send(response, 500, { error: error.message })
    );
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
