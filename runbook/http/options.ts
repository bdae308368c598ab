// The options of a request and of polling, and their defaults.
import type { Json } from '../../contract/base/json.js';
import { readByteSize, type ByteSize } from '../byte-size.js';
import { parseDuration, type Duration } from '../duration.js';
import { isSecret, revealed, type Secret } from '../masking/secret-value.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import {
  anyText,
  anything,
  callback,
  count,
  duration,
  either,
  json,
  jsonOf,
  record,
  required,
  rule,
  type Rule
} from '../usage/rules.js';
import { BODY_LIMIT_BYTES, type HttpResult } from './result.js';
import { isStandardSchema, type StandardSchema } from './schema.js';

/** How a request is sent. */
export interface HttpOptions {
  /** Body, sent as JSON. @default none */
  readonly json?: unknown;
  /** Body, sent as it is. Not together with `json`. @default none */
  readonly body?: string;
  /** Names and values. A secret is sent as its text and shown as its name. @default none */
  readonly headers?: { readonly [name: string]: string | Secret };
  /** For each attempt, until the body is read. @default '10s' */
  readonly timeout?: Duration;
  /**
   * Further attempts after no answer or status 408, 413, 429, 500, 502, 503, 504. The pause doubles from 1 s; a `Retry-After` of
   * up to 60 s is waited for instead, and after a longer one the request is not repeated.
   * @default 2 for GET, HEAD, PUT and DELETE; always 0 for POST and PATCH
   */
  readonly retry?: number;
  /** Statuses that count as success. @default 200 to 299 */
  readonly expect?: number | readonly number[];
  /** What the JSON of the answer must be: any Standard Schema (Zod, Valibot, ArkType, …). `.json()` then gives its output. @default none: any body */
  readonly schema?: StandardSchema;
  /** The longest body that is accepted. At most 100 MiB. @default '10 MiB' */
  readonly limit?: ByteSize;
  /** The body that a dry run gives back, a text or JSON; nothing is sent there, and the status is null. @default {} */
  readonly dryRun?: unknown;
}

/** How often and how long `.until()` asks. */
export interface UntilOptions {
  /** Pause between requests. @default '1s' */
  readonly every?: Duration;
  /** The whole time. Required, because a wait without an end hides a failure. */
  readonly timeout: Duration;
}

/** Checked options. */
export interface CheckedRequest {
  readonly json: unknown;
  readonly body: string | undefined;
  readonly headers: { readonly [name: string]: string };
  readonly timeoutMs: number;
  readonly retries: number;
  readonly expected: readonly number[] | null;
  readonly schema: StandardSchema | null;
  readonly limitBytes: number;
  readonly dryRun: Json;
}

const RETRIED_METHODS = ['GET', 'HEAD', 'PUT', 'DELETE'];

/** Checks URL and options of `http.METHOD()` and fills in defaults. */
export function checkRequest(method: string, url: unknown, options: HttpOptions): CheckedRequest {
  const both =
    options.json !== undefined && options.body !== undefined
      ? ["Both 'json' and 'body' are given, expected one of them."]
      : [];
  const isRepeatable = RETRIED_METHODS.includes(method);
  const unsafe =
    !isRepeatable && Number(options.retry) > 0
      ? [
          `'retry' is ${String(options.retry)}, but a ${method} may act twice when it is repeated; only ${RETRIED_METHODS.join(', ')} are retried.`
        ]
      : [];
  refuseFaults(`http.${method.toLowerCase()}`, [
    ...faultsOfValue('The URL', url, required(httpUrl)),
    ...faultsOfOptions(options, REQUEST_RULES),
    ...both,
    ...unsafe
  ]);
  const expect = options.expect;
  return {
    json: options.json,
    body: options.body,
    headers: Object.fromEntries(
      Object.entries(options.headers ?? {}).map(([name, value]) => [name, revealed(value)])
    ),
    timeoutMs: parseDuration(options.timeout ?? '10s', 'timeout'),
    retries: options.retry ?? (isRepeatable ? 2 : 0),
    expected: expect === undefined ? null : typeof expect === 'number' ? [expect] : expect,
    schema: options.schema ?? null,
    limitBytes: readByteSize(options.limit) ?? BODY_LIMIT_BYTES,
    dryRun: jsonOf(options.dryRun ?? {})
  };
}

/** Checks the arguments of `.until()`. */
export function checkUntil(
  predicate: unknown,
  options: unknown
): { readonly everyMs: number; readonly timeoutMs: number } {
  refuseFaults('.until', [
    ...faultsOfValue('The condition', predicate, required(callback)),
    ...faultsOfOptions(options, UNTIL_RULES)
  ]);
  const { every, timeout } = options as UntilOptions;
  return { everyMs: parseDuration(every ?? '1s', 'every'), timeoutMs: parseDuration(timeout, 'timeout') };
}

/** True when the status counts as success. */
export function isExpected(status: number | null, expected: readonly number[] | null): boolean {
  return status !== null && (expected === null ? status >= 200 && status <= 299 : expected.includes(status));
}

/** Condition of `.until()`. */
export type UntilPredicate = (result: HttpResult) => boolean | PromiseLike<boolean>;

const httpUrl = rule('an http or https URL', value => {
  const isText = typeof value === 'string' || value instanceof URL;
  return isText && URL.canParse(String(value)) && /^https?:$/.test(new URL(String(value)).protocol);
});
const status = rule(
  'a status from 100 to 599',
  value => Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599
);
/** A mask that was put into a text would be sent as it is. */
function isReadableText(value: unknown): boolean {
  return typeof value === 'string' && !value.includes('«secret ');
}

const REQUEST_RULES: { readonly [K in keyof Required<HttpOptions>]: Rule } = {
  json: anything,
  body: anyText,
  headers: record(
    either(
      rule('a text (a secret inside a text is written secret.text`Bearer ${token}`)', isReadableText),
      rule('a secret', isSecret)
    )
  ),
  timeout: duration,
  retry: count(0),
  expect: either(
    status,
    rule(
      'a list of statuses',
      value => Array.isArray(value) && value.length > 0 && value.every(item => status.accepts(item))
    )
  ),
  schema: rule('a Standard Schema, for example z.object({ … }) of Zod', isStandardSchema),
  limit: rule("bytes or a text such as '512 KiB' or '4 MiB', from 1 byte to 100 MiB", value =>
    isBetween(readByteSize(value), 1, 100 * 1024 ** 2)
  ),
  dryRun: json
};

function isBetween(bytes: number | null, least: number, most: number): boolean {
  return bytes !== null && bytes >= least && bytes <= most;
}

const UNTIL_RULES: { readonly [K in keyof Required<UntilOptions>]: Rule } = {
  every: duration,
  timeout: required(duration)
};
