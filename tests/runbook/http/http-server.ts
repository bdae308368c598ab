// A real HTTP server that misbehaves on request: fails, stalls, truncates, redirects, asks to come back later.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';

/** One request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: string;
}

/** The server of one test file. */
export interface TestServer {
  readonly url: string;
  /** Requests since the last `take()`. */
  take(): SeenRequest[];
}

type Answer = (request: SeenRequest, response: ServerResponse, calls: number) => void;

/** Starts before the tests of the file and stops after them. */
export function serveAnswers(answers: { readonly [path: string]: Answer }): TestServer {
  let seen: SeenRequest[] = [];
  const calls = new Map<string, number>();
  const server = createServer((request, response) => {
    void readAll(request).then(body => {
      const arrived = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body
      };
      seen.push(arrived);
      const path = arrived.url.split('?')[0]!;
      calls.set(path, (calls.get(path) ?? 0) + 1);
      const answer = answers[path];
      if (answer) {
        answer(arrived, response, calls.get(path)!);
      } else {
        response.writeHead(404).end('nothing here');
      }
    });
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
    take() {
      const taken = seen;
      seen = [];
      return taken;
    }
  };
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function readAll(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
  }
  return body;
}

/** An address on which nobody listens. */
export async function unusedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>(resolve => void server.close(() => resolve()));
  return `http://127.0.0.1:${port}/`;
}
