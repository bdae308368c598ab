// Follows redirects itself, because fetch takes every header but Authorization and cookies along to another origin (Fetch, 4.5).
// To another origin go only headers that say nothing about the sender, and no body.
import { knownSecrets, maskText } from '../redact.js';

/** As many as fetch follows. */
const MOST_REDIRECTS = 20;

const REDIRECTS = [301, 302, 303, 307, 308];
const HARMLESS = new Set(['accept', 'accept-language', 'content-language', 'content-type', 'user-agent']);

/** The last answer of the chain. Rejects like fetch when there is no end to it, or a body would go to another origin. */
export async function fetchAndFollow(request: Request): Promise<Response> {
  let { url, method } = request;
  const headers = new Headers(request.headers);
  let body = request.body === null ? null : await request.arrayBuffer();
  for (let count = 0; count <= MOST_REDIRECTS; count++) {
    const response = await fetch(url, { method, headers, body, signal: request.signal, redirect: 'manual' });
    const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null;
    if (location === null) {
      return response;
    }
    void response.body?.cancel().catch(() => undefined);
    const next = readLocation(location, url);
    if (becomesGet(response.status, method)) {
      method = 'GET';
      body = null;
      ['content-type', 'content-language', 'content-encoding'].forEach(name => headers.delete(name));
    }
    if (next.origin !== new URL(url).origin) {
      refuseBody(body, next);
      keepHarmless(headers);
    }
    url = next.href;
  }
  throw new TypeError(`more than ${MOST_REDIRECTS} redirects, the last one to ${url}`);
}

function readLocation(location: string, from: string): URL {
  const next = URL.canParse(location, from) ? new URL(location, from) : null;
  if (next === null || !/^https?:$/.test(next.protocol)) {
    throw new TypeError(`the redirect to ${location} leads to no http address`);
  }
  return next;
}

function becomesGet(status: number, method: string): boolean {
  return status === 303 ? method !== 'GET' && method !== 'HEAD' : status <= 302 && method === 'POST';
}

function refuseBody(body: ArrayBuffer | null, { origin }: URL): void {
  if (body !== null) {
    throw new TypeError(
      `it redirects to ${origin}, and a body is not sent to another origin than it was meant for`
    );
  }
}

function keepHarmless(headers: Headers): void {
  const secrets = knownSecrets();
  for (const [name, value] of [...headers]) {
    if (!HARMLESS.has(name) || maskText(value, secrets) !== value) {
      headers.delete(name);
    }
  }
}
