// What an exchange leaves behind. The same fields for success and failure.
import type { Json } from '../../contract/base/json.js';
import { alreadyShown } from '../already-shown.js';
import { formatBytes } from '../byte-size.js';
import { UsageError } from '../errors/usage-error.js';
import { parseJsonText, type ParsedJson } from '../parsed-json.js';
import { maskHeaders } from './mask-request.js';

/** The facts of an exchange; plain data, because the journal keeps them. */
export interface ExchangeFacts {
  /** Verb in upper case, for example `GET`. */
  readonly method: string;
  /** The address asked for, credentials masked. */
  readonly url: string;
  /** 100 to 599, or null when no answer came. */
  readonly status: number | null;
  /** Header names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** The body as text; empty when there is none. After a resume only its first 262,144 characters: see `isTruncated`. */
  readonly body: string;
  /** Size of the body in bytes; of a dropped one as far as it was read. */
  readonly bytes: number;
  /** Milliseconds until the body was read, retries and pauses included. */
  readonly durationMs: number;
  /** Requests sent, retries and polls included. */
  readonly attempts: number;
  /** It did not end as expected; such a result is thrown. */
  readonly failed: boolean;
  /** The answer, or its body, did not come in time. */
  readonly timedOut: boolean;
  /** The cell was interrupted, and the request with it. */
  readonly isInterrupted: boolean;
  /** The body was longer than the option `limit` and was dropped. */
  readonly isTooLarge: boolean;
  /** `body` is only the beginning: the record, which a resume answers from, keeps no more. Never true at first. */
  readonly isTruncated: boolean;
  /** Why no answer came, in the system's words, or null. */
  readonly problem: string | null;
  /** Every way in which the body does not fit the option `schema`. */
  readonly issues: readonly string[];
}

/** The result of a request. A failed one has the same fields, thrown as `RequestFailedError`. */
export interface HttpResult<T = ParsedJson> extends ExchangeFacts {
  /**
   * The body as text.
   *
   * @throws code `http.body_not_kept` when it `isTruncated`, which happens on a resume alone.
   * @example
   * (await http.get(`${url}/version`)).text() // '{"version":"2.4.0"}'
   */
  text(): string;
  /**
   * The body as JSON, or what the schema made of it.
   *
   * @throws code `http.not_json` when it is something else, `http.body_not_kept` when it `isTruncated`.
   * @example
   * (await http.get(`${url}/version`)).json() // { version: '2.4.0' }
   */
  json<U = T>(): U;
}

/** A body longer than this fails the request, unless the option `limit` says otherwise. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/** Adds the readers to the facts. `checked` is what a schema made of the body. */
export function toHttpResult(facts: ExchangeFacts, checked?: { readonly value: unknown }): HttpResult {
  const json = (): unknown => (checked ? checked.value : parseBody(facts));
  const readers = { text: () => wholeBody(facts), json };
  // The readers stay out of a printed result.
  const hidden = Object.fromEntries(
    Object.entries(readers).map(([name, value]) => [name, { value, enumerable: false }])
  );
  return Object.freeze(alreadyShown(Object.defineProperties({ ...facts }, hidden))) as unknown as HttpResult;
}

/** The facts as the journal keeps them. */
export function keptFacts(facts: ExchangeFacts): Json {
  const isTruncated = facts.body.length > KEPT_CHARACTERS;
  const body = facts.body.slice(0, KEPT_CHARACTERS);
  return { ...facts, headers: maskHeaders(facts.headers), body, isTruncated };
}

/** A longer body is kept by its beginning. */
const KEPT_CHARACTERS = 256 * 1024;

/** A part of a body proves nothing about the whole, so it is not read as if it were all. */
function wholeBody(facts: ExchangeFacts): string {
  if (facts.isTruncated) {
    throw new UsageError(
      `The answer to ${facts.method} ${facts.url} had ${formatBytes(facts.bytes)}; the record keeps its first ${KEPT_CHARACTERS.toLocaleString('en-US')} characters alone, so it cannot be read again.`,
      {
        code: 'http.body_not_kept',
        hint: "Keep what the run needs of it: await record('orders', async () => (await http.get(url)).json().length)"
      }
    );
  }
  return facts.body;
}

function parseBody(facts: ExchangeFacts): ParsedJson {
  const body = wholeBody(facts);
  try {
    return parseJsonText(body);
  } catch (error) {
    throw new UsageError(
      `The answer to ${facts.method} ${facts.url} (status ${facts.status}) is not JSON: ${(error as Error).message}. It begins: ${body.slice(0, 80) || '(nothing)'}`,
      {
        code: 'http.not_json',
        hint: 'Read it with .text(), or ask the service for JSON with the header accept.'
      }
    );
  }
}
