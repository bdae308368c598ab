// One request with its retries, through ky. Never rejects: whatever happens becomes facts.
import { stopwatch } from '../stopwatch.js';
import { ports } from '../context.js';
import { innermostMessage } from '../innermost-cause.js';
import { fetchAndFollow } from './follow-redirects.js';
import { maskUrl } from './mask-request.js';
import { isExpected, type CheckedRequest } from './options.js';
import type { ExchangeFacts } from './result.js';

const RETRIED_STATUSES = [408, 413, 429, 500, 502, 503, 504];
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Sends the request, retries where that is safe, reads the body up to its limit. */
export async function exchange(method: string, url: string, request: CheckedRequest): Promise<ExchangeFacts> {
  const interrupt = ports().signal();
  const elapsedMs = stopwatch();
  let attempts = 1;
  const seen: { head: Partial<ExchangeFacts>; bytes: number } = { head: {}, bytes: 0 };
  const facts = (part: Partial<ExchangeFacts>): ExchangeFacts => {
    const status = part.status ?? null;
    const isWhole = !part.timedOut && !part.isTooLarge && !interrupt.aborted && !part.problem;
    return {
      method,
      url: maskUrl(url),
      status,
      headers: {},
      body: '',
      bytes: 0,
      durationMs: elapsedMs(),
      attempts,
      failed: !isWhole || !isExpected(status, request.expected),
      timedOut: false,
      isInterrupted: interrupt.aborted,
      isTooLarge: false,
      isTruncated: false,
      problem: null,
      issues: [],
      ...part
    };
  };
  try {
    const response = await send(method, url, request, interrupt, () => attempts++);
    seen.head = { status: response.status, headers: Object.fromEntries(response.headers) };
    const body = await readBody(response, request, interrupt, seen);
    return facts({ ...seen.head, ...body });
  } catch (error) {
    return facts({
      ...seen.head,
      bytes: seen.bytes,
      timedOut: (error as Error).name === 'TimeoutError',
      problem: maskUrl(innermostMessage(error))
    });
  }
}

async function send(
  method: string,
  url: string,
  request: CheckedRequest,
  interrupt: AbortSignal,
  onRetry: () => void
): Promise<Response> {
  const { default: ky, isHTTPError } = await import('ky');
  const { address, headers } = splitCredentials(url);
  let last: Response | null = null;
  try {
    return await ky(address, {
      method,
      fetch: asked => fetchAndFollow(asked as Request),
      headers: { ...headers, ...request.headers },
      ...(request.json === undefined ? {} : { json: request.json }),
      ...(request.body === undefined ? {} : { body: request.body }),
      timeout: request.timeoutMs,
      signal: interrupt,
      retry: {
        limit: request.retries,
        methods: ['get', 'head', 'put', 'delete'],
        statusCodes: RETRIED_STATUSES,
        maxRetryAfter: LONGEST_RETRY_AFTER_MS,
        retryOnTimeout: true,
        shouldRetry: ({ error }) =>
          isHTTPError(error) && retryAfterMs(error.response.headers) > LONGEST_RETRY_AFTER_MS
            ? false
            : undefined,
        jitter: true
      },
      // Only a status that may be retried is an error to ky; the others are judged by the option expect.
      throwHttpErrors: status => RETRIED_STATUSES.includes(status) && !isExpected(status, request.expected),
      hooks: {
        beforeRetry: [onRetry],
        // ky reads the body of an answer that it throws; this copy keeps ours readable.
        afterResponse: [({ response }) => void (last = response.clone())]
      }
    });
  } catch (error) {
    if (isHTTPError(error) && last !== null) {
      return last;
    }
    throw error;
  }
}

/** What a service asks to wait: seconds or a date (RFC 9110, 10.2.3); 0 when it asks nothing that can be read. */
function retryAfterMs(headers: Headers): number {
  const asked = headers.get('retry-after') ?? '';
  const ms = /^\s*\d+\s*$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}

/** fetch refuses user and password in the URL; the header says the same. */
function splitCredentials(url: string): {
  readonly address: string;
  readonly headers: { readonly [name: string]: string };
} {
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === '' && password === '') {
    return { address: url, headers: {} };
  }
  parsed.username = '';
  parsed.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    address: parsed.href,
    headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
  };
}

async function readBody(
  response: Response,
  { timeoutMs, limitBytes }: CheckedRequest,
  interrupt: AbortSignal,
  seen: { bytes: number }
): Promise<Partial<ExchangeFacts>> {
  if (!response.body) {
    return {};
  }
  const reader = response.body.getReader();
  const deadline = AbortSignal.any([interrupt, AbortSignal.timeout(timeoutMs)]);
  const giveUp = (): void => void reader.cancel().catch(() => undefined);
  deadline.addEventListener('abort', giveUp, { once: true });
  const chunks: Uint8Array[] = [];
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      seen.bytes += part.value.length;
      if (seen.bytes > limitBytes) {
        giveUp();
        return { isTooLarge: true, bytes: seen.bytes };
      }
      chunks.push(part.value);
    }
  } finally {
    deadline.removeEventListener('abort', giveUp);
  }
  return deadline.aborted
    ? { timedOut: !interrupt.aborted, problem: 'the body did not arrive in time', bytes: seen.bytes }
    : { body: Buffer.concat(chunks).toString('utf8'), bytes: seen.bytes };
}
