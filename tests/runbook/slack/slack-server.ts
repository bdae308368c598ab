// A server that answers like Slack's Web API and its webhooks, as far as chat.postMessage and chat.update go, and refuses what Slack refuses.
// https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/methods/chat.update and
// https://docs.slack.dev/apis/web-api/rate-limits
import type { ServerResponse } from 'node:http';
import { sendJson, serveAnswers, type SeenRequest, type TestServer } from '../http/http-server.js';

/** What the server does with the next calls. */
export interface SlackScript {
  /** Error of the Web API, for example `channel_not_found`. */
  error: string | null;
  /** The next calls are refused with status 429 and this Retry-After. */
  limited: { times: number; seconds: number };
  /** Nothing is answered. */
  stalls: boolean;
  /** Calls are taken, and the connection ends before the answer. */
  hangsUp: boolean;
  /** Every call is answered with this status and no JSON. */
  status: number | null;
}

/** A message in a channel. */
export interface SlackMessage {
  readonly ts: string;
  /** Id of the channel. */
  readonly channel: string;
  /** The message whose thread it is in, or null. */
  readonly thread: string | null;
  readonly text: string;
  /** How often it was edited. */
  readonly edits: number;
}

/** The server of one test file. */
export interface SlackServer extends TestServer {
  readonly script: SlackScript;
  /** What stands in the channels now, in the order in which it was posted. */
  messages(): readonly SlackMessage[];
  /** Somebody deletes a message. */
  delete(ts: string): void;
  reset(): void;
}

const DEFAULTS: SlackScript = {
  error: null,
  limited: { times: 0, seconds: 0 },
  stalls: false,
  hangsUp: false,
  status: null
};

const CHANNELS: { readonly [name: string]: string } = { '#releases': 'C024BE91L', '#other': 'C0OTHER42' };
const IDS = new Set(Object.values(CHANNELS));

const MOST_POSTED_CHARACTERS = 40_000;
const MOST_EDITED_BYTES = 4000;

/** Starts before the tests of the file and stops after them. */
export function serveSlack(): SlackServer {
  const script: SlackScript = structuredClone(DEFAULTS);
  let messages: SlackMessage[] = [];
  let count = 0;

  const post = (form: URLSearchParams): object => {
    const name = form.get('channel') ?? '';
    const channel = IDS.has(name) ? name : CHANNELS[name];
    const thread = form.get('thread_ts');
    const text = form.get('text') ?? '';
    if (channel === undefined) {
      return refusal('channel_not_found');
    }
    if (text === '') {
      return refusal('no_text');
    }
    if (thread !== null && !messages.some(({ ts }) => ts === thread)) {
      return refusal('cannot_reply_to_message');
    }
    const kept = text.slice(0, MOST_POSTED_CHARACTERS);
    const ts = `1795333803.${String(++count).padStart(6, '0')}`;
    messages.push({ ts, channel, thread, text: kept, edits: 0 });
    return { ok: true, channel, ts, message: { text: kept } };
  };

  /** An edit names the channel by its id alone, and is shorter than a post. */
  const edit = (form: URLSearchParams): object => {
    const text = form.get('text') ?? '';
    const channel = form.get('channel') ?? '';
    const index = messages.findIndex(({ ts }) => ts === form.get('ts'));
    const message = messages[index];
    if (!IDS.has(channel)) {
      return refusal('channel_not_found');
    }
    if (message?.channel !== channel) {
      return refusal('message_not_found');
    }
    if (text === '') {
      return refusal('no_text');
    }
    if (Buffer.byteLength(text) > MOST_EDITED_BYTES) {
      return refusal('msg_too_long');
    }
    messages[index] = { ...message, text, edits: message.edits + 1 };
    return { ok: true, channel, ts: message.ts, text };
  };

  /** True when the script says what happens to the call. */
  const isScripted = (response: ServerResponse): boolean => {
    if (script.stalls) {
      return true;
    }
    if (script.limited.times-- > 0) {
      response.writeHead(429, { 'retry-after': String(script.limited.seconds) });
      response.end('{"ok":false,"error":"ratelimited"}');
      return true;
    }
    if (script.status !== null) {
      response.writeHead(script.status).end('not now');
      return true;
    }
    return false;
  };

  const api =
    (act: (form: URLSearchParams) => object) =>
    (request: SeenRequest, response: ServerResponse): void => {
      if (isScripted(response)) {
        return;
      }
      const { authorization } = request.headers;
      if (authorization === undefined) {
        sendJson(response, 200, refusal('not_authed'));
      } else if (authorization !== 'Bearer xoxb-test-token') {
        sendJson(response, 200, refusal('invalid_auth'));
      } else if (script.error !== null) {
        sendJson(response, 200, refusal(script.error));
      } else {
        const answer = act(new URLSearchParams(request.body));
        if (script.hangsUp) {
          response.destroy();
        } else {
          sendJson(response, 200, answer);
        }
      }
    };

  const server = serveAnswers({
    '/api/chat.postMessage': api(post),
    '/api/chat.update': api(edit),
    '/services/T0/B0/XXXX': (request, response) => {
      if (!isScripted(response)) {
        const { text } = JSON.parse(request.body) as { text?: string };
        response.writeHead(text ? 200 : 400).end(text ? 'ok' : 'no_text');
      }
    },
    '/services/gone': (_, response) => void response.writeHead(404).end('no_service')
  });
  return {
    get url() {
      return server.url;
    },
    take: () => server.take(),
    script,
    messages: () => messages,
    delete(ts) {
      messages = messages.filter(message => message.ts !== ts);
    },
    reset() {
      server.take();
      count = 0;
      messages = [];
      Object.assign(script, structuredClone(DEFAULTS));
    }
  };
}

function refusal(error: string): object {
  return { ok: false, error };
}
