// A server that answers like Slack's Web API and its webhooks, as far as chat.postMessage and chat.update go.
import { serveAnswers, type TestServer } from '../http/http-server.js';

/** What the server does with the next calls. */
export interface SlackScript {
  /** Error of the Web API, for example `channel_not_found`. */
  error: string | null;
  /** The next calls are refused with status 429 and this Retry-After. */
  limited: { times: number; seconds: number };
  /** Nothing is answered. */
  stalls: boolean;
}

const DEFAULTS = { error: null, limited: { times: 0, seconds: 0 }, stalls: false };

/** Starts before the tests of the file and stops after them. */
export function serveSlack(): TestServer & { readonly script: SlackScript; reset(): void } {
  const script: SlackScript = structuredClone(DEFAULTS);
  let count = 0;
  const answer: Parameters<typeof serveAnswers>[0][string] = (request, response) => {
    const form = new URLSearchParams(request.body);
    const send = (value: object): void =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (script.stalls) {
      return;
    }
    if (script.limited.times-- > 0) {
      response.writeHead(429, { 'retry-after': String(script.limited.seconds) }).end();
    } else if (request.headers.authorization !== 'Bearer xoxb-test-token') {
      send({ ok: false, error: 'invalid_auth' });
    } else if (script.error !== null) {
      send({ ok: false, error: script.error });
    } else {
      const ts = form.get('ts') ?? `1795333803.00000${++count}`;
      send({ ok: true, channel: 'C024BE91L', ts, message: { text: form.get('text') } });
    }
  };
  const server = serveAnswers({
    '/api/chat.postMessage': answer,
    '/api/chat.update': answer,
    '/services/T0/B0/XXXX': (request, response) => {
      const { text } = JSON.parse(request.body) as { text?: string };
      response.writeHead(text ? 200 : 400).end(text ? 'ok' : 'no_text');
    },
    '/services/gone': (_, response) => void response.writeHead(404).end('no_service')
  });
  return {
    get url() {
      return server.url;
    },
    take: () => server.take(),
    script,
    reset() {
      server.take();
      count = 0;
      Object.assign(script, structuredClone(DEFAULTS));
    }
  };
}
