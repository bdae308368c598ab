// `http`: requests by verb. A request is one effect in the journal, with its retries; so is a whole `.until()`.
import { formatDuration } from '../../contract/base/format.js';
import { formatBytes } from '../byte-size.js';
import { writeDuration } from '../duration.js';
import type { Json, JsonObject } from '../../contract/base/json.js';
import type { Outcome } from '../../contract/base/run.js';
import { stopwatch } from '../stopwatch.js';
import type { ParsedJson } from '../parsed-json.js';
import { ports } from '../context.js';
import { performEffect, showEnd } from '../effect/effect.js';
import { RequestFailedError } from './request-failed-error.js';
import { UsageError } from '../errors/usage-error.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import { Operation } from '../operation.js';
import { knownSecrets, maskText } from '../redact.js';
import { exchange } from './exchange.js';
import { maskBody, maskHeaders, maskUrl } from './mask-request.js';
import {
  checkRequest,
  checkUntil,
  type CheckedRequest,
  type HttpOptions,
  type UntilOptions,
  type UntilPredicate
} from './options.js';
import { keptFacts, toHttpResult, type ExchangeFacts, type HttpResult } from './result.js';
import { readWithSchema, type ReadBody, type StandardSchema } from './schema.js';

/** A request that is under way. Await it for its result, or end the line with what you need of the answer. */
export interface HttpRequest<T = ParsedJson> extends PromiseLike<HttpResult<T>> {
  /** Handles a failure, as that of any promise. */
  catch<B = never>(onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<HttpResult<T> | B>;
  /** Calls a function at the end, however it comes, as that of any promise. */
  finally(onEnd?: (() => void) | null): Promise<HttpResult<T>>;
  /**
   * The body as text. On resume the recorded body, of which 262,144 characters are kept.
   *
   * @throws code `http.body_not_kept` on a resume, when the body was longer.
   * @example
   * await http.get(`${url}/version`).text() // '2.4.0'
   */
  text(): Promise<string>;
  /**
   * The body as JSON, or what the schema made of it. On resume read of the recorded body, of which 262,144 characters are kept.
   *
   * @throws code `http.not_json` when it is something else, `http.body_not_kept` on a resume when it was longer.
   * @example
   * await http.get(`${url}/version`).json() // { version: '2.4.0' }
   */
  json<U = T>(): Promise<U>;
  /**
   * Repeats the request until `isDone` says so: any status, and no answer, are looked at and not failures.
   * Only for GET and HEAD. The whole is one effect. Recorded: on resume the last answer is given back and nothing is sent.
   *
   * @param options - Pause between the requests, and the time for all of them.
   * @throws {@link RequestFailedError} with code `http.until_timed_out` when the time is over, `http.interrupted`.
   * @throws {@link UsageError} for another verb, or faults of the options. Nothing is sent.
   * @example
   * await http.get(`${url}/health`).until(reply => reply.status === 200, { every: '1s', timeout: '30s' })
   * // HttpResult { status: 200, attempts: 4, … }
   */
  until(isDone: UntilPredicate, options: UntilOptions): Promise<HttpResult<T>>;
}

/** Sends one request. With a `schema` the answer is checked, and `.json()` has its type. */
export interface SendRequest {
  /**
   * Sends one request, whose answer is checked by a schema. Recorded: on resume the recorded answer is given back, and checked.
   *
   * @param url - An http or https address. Credentials in it are sent, but neither shown nor recorded.
   * @param options - Body, headers, time-out, and what counts as success.
   * @throws {@link RequestFailedError} when no answer comes, or one that was not expected.
   * @throws {@link UsageError} listing every fault of URL and options. Nothing is sent.
   * @example
   * await http.get(`${url}/version`, { schema: z.object({ version: z.string() }) }).json() // { version: '2.4.0' }
   */
  <T>(url: string | URL, options: HttpOptions & { readonly schema: StandardSchema<T> }): HttpRequest<T>;
  /** Sends one request. */
  (url: string | URL, options?: HttpOptions): HttpRequest;
}

/** The type of {@link http}. */
export interface Http {
  /** Reads. Sent up to 2 more times when no answer comes, or one that says to try later. */
  readonly get: SendRequest;
  /** Reads status and headers without the body. Repeated like a GET. */
  readonly head: SendRequest;
  /** Creates or acts. Never repeated by itself, because it may have acted. */
  readonly post: SendRequest;
  /** Puts a whole resource in place. Repeated like a GET, because doing it twice is doing it once. */
  readonly put: SendRequest;
  /** Changes a part of a resource. Never repeated by itself, because it may have acted. */
  readonly patch: SendRequest;
  /** Deletes. Repeated like a GET. */
  readonly delete: SendRequest;
}

/**
 * Sends HTTP requests. Each prints one line with status, time and size. Credentials are never shown or recorded.
 *
 * The request starts by itself. Recorded: on resume a finished request gives back its recorded result and is not sent again.
 *
 * @throws {@link RequestFailedError} when no answer comes, or one that was not expected.
 * @throws {@link UsageError} listing every fault of URL and options. Nothing is sent.
 * @example
 * await http.get(`${url}/version`).json()                                    // { version: '2.4.0' }
 * await http.post(`${url}/flags`, { json: { checkout: true }, expect: 201 }) // HttpResult { status: 201, … }
 * await http.get(`${url}/version`, { schema: z.object({ version: z.string() }) }).json() // checked, and typed
 * await http.get(`${url}/health`).until(r => r.status === 200, { every: '1s', timeout: '30s' })
 */
export const http: Http = Object.freeze({
  get: sender('GET'),
  head: sender('HEAD'),
  post: sender('POST'),
  put: sender('PUT'),
  patch: sender('PATCH'),
  delete: sender('DELETE')
});

function sender(method: string): SendRequest {
  return (url: string | URL, options: HttpOptions = {}) =>
    new RunningRequest(method, String(url), checkRequest(method, url, options)) as HttpRequest<never>;
}

class RunningRequest extends Operation<HttpResult> implements HttpRequest {
  readonly #method: string;
  readonly #url: string;
  readonly #request: CheckedRequest;
  #polling: { readonly isDone: UntilPredicate; readonly everyMs: number; readonly timeoutMs: number } | null =
    null;

  constructor(method: string, url: string, request: CheckedRequest) {
    super();
    this.#method = method;
    this.#url = url;
    this.#request = request;
  }

  text(): Promise<string> {
    return this.read(result => result.text());
  }

  json<T = ParsedJson>(): Promise<T> {
    return this.read(result => result.json<T>());
  }

  until(isDone: UntilPredicate, options: UntilOptions): Promise<HttpResult> {
    try {
      const times = checkUntil(isDone, options);
      refuseUnrepeatable(this.#method);
      this.#polling = { isDone, ...times };
    } catch (error) {
      return this.refuse(error);
    }
    return this.result();
  }

  protected override async perform(): Promise<HttpResult> {
    const line = `${this.#method} ${maskUrl(this.#url)}`;
    const { headers, json, body } = this.#request;
    const request: JsonObject = {
      method: this.#method,
      url: maskUrl(this.#url),
      headers: maskHeaders(headers),
      ...(json === undefined ? {} : { json: maskBody(JSON.parse(JSON.stringify(json)) as Json) }),
      ...(body === undefined ? {} : { bodyCharacters: body.length }),
      isPolling: this.#polling !== null
    };
    const effect = {
      helper: 'http',
      label: line,
      request,
      plan: planOf(line, request, this.#polling),
      empty: this.#empty()
    };
    const facts = await performEffect<ExchangeFacts & JsonObject>(effect, async () => {
      const answer = await (this.#polling
        ? this.#poll(this.#polling)
        : exchange(this.#method, this.#url, this.#request));
      const issues = answer.failed ? [] : ((await this.#check(answer))?.issues ?? []);
      const end = { ...answer, issues, failed: answer.failed || issues.length > 0 };
      return { outcome: outcomeOf(end), result: end, kept: keptFacts(end) };
    });
    if (facts.failed) {
      throw new RequestFailedError(facts, {
        status: this.#request.expected?.join(' or ') ?? '200 to 299',
        limitBytes: this.#request.limitBytes,
        untilMs: this.#polling?.timeoutMs ?? null
      });
    }
    showEnd(() =>
      ports().display.write('stdout', maskText(`${line} → ${describeExchange(facts)}\n`, knownSecrets()))
    );
    return toHttpResult(facts, (await this.#check(facts)) ?? undefined);
  }

  /** No answer, with the body that the author has put beside the call. */
  #empty(): ExchangeFacts & JsonObject {
    const { dryRun } = this.#request;
    const body = typeof dryRun === 'string' ? dryRun : JSON.stringify(dryRun);
    return {
      method: this.#method,
      url: maskUrl(this.#url),
      status: null,
      headers: {},
      body,
      bytes: Buffer.byteLength(body),
      durationMs: 0,
      attempts: 0,
      failed: false,
      timedOut: false,
      isInterrupted: false,
      isTooLarge: false,
      isTruncated: false,
      problem: null,
      issues: []
    };
  }

  /** What the schema makes of the body; null without one, without an answer, or when the record has only a part of it. Asked twice, because a recorded answer is checked too. */
  async #check(facts: ExchangeFacts): Promise<ReadBody | null> {
    const { schema } = this.#request;
    return schema === null || facts.status === null || facts.isTruncated
      ? null
      : readWithSchema(facts.body, schema);
  }

  async #poll(polling: {
    readonly isDone: UntilPredicate;
    readonly everyMs: number;
    readonly timeoutMs: number;
  }): Promise<ExchangeFacts> {
    const interrupt = ports().signal();
    const elapsedMs = stopwatch();
    let answered: ExchangeFacts | null = null;
    for (let attempts = 1; ; attempts++) {
      const leftMs = polling.timeoutMs - elapsedMs();
      const once = {
        ...this.#request,
        retries: 0,
        timeoutMs: Math.max(1, Math.min(this.#request.timeoutMs, leftMs))
      };
      const seen = await exchange(this.#method, this.#url, once);
      const isDone = !seen.isInterrupted && (await polling.isDone(toHttpResult(seen)));
      // The last request is cut off by the end of the wait, which says nothing of the service; the answer before it does.
      const isCutOff = seen.status === null && seen.timedOut && leftMs < this.#request.timeoutMs;
      const told: ExchangeFacts = isCutOff && answered ? answered : seen;
      answered = told;
      const facts = { ...told, attempts, durationMs: elapsedMs(), failed: !isDone };
      const isOver = facts.durationMs + polling.everyMs >= polling.timeoutMs;
      if (isDone || isOver || !(await sleepUnlessAborted(polling.everyMs, interrupt))) {
        return { ...facts, isInterrupted: interrupt.aborted };
      }
    }
  }
}

/** Nobody knows how far an interrupted request came. */
function outcomeOf(facts: ExchangeFacts): Outcome {
  return facts.isInterrupted ? 'inconclusive' : facts.failed ? 'failed' : 'passed';
}

/** `200, 12 ms, 1.2 KiB`. */
function describeExchange({ status, durationMs, bytes, attempts }: ExchangeFacts): string {
  return `${status}, ${formatDuration(durationMs)}, ${formatBytes(bytes)}${attempts > 1 ? `, ${attempts} requests` : ''}`;
}

/** `POST http://orders/flags {"checkout":true}`. */
function planOf(
  line: string,
  { json, bodyCharacters }: JsonObject,
  polling: { readonly everyMs: number; readonly timeoutMs: number } | null
): string {
  const body = json === undefined ? '' : ` ${JSON.stringify(json)}`;
  const text = bodyCharacters === undefined ? '' : ` with a body of ${String(bodyCharacters)} characters`;
  const again = polling
    ? `, every ${writeDuration(polling.everyMs)} for up to ${writeDuration(polling.timeoutMs)}`
    : '';
  return `${line}${body}${text}${again}`;
}

function refuseUnrepeatable(method: string): void {
  if (method !== 'GET' && method !== 'HEAD') {
    throw new UsageError(`.until() repeats its request, which a ${method} does not allow.`, {
      hint: 'Send it once, then poll with http.get(…).until(…).'
    });
  }
}
