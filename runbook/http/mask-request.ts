// What of a request may be written down: credentials in URLs, headers and bodies are masked before anything is recorded.
import type { Json } from '../../contract/base/json.js';

const SENSITIVE = /^(proxy-)?authorization$|cookie|token|secret|passw|api[-_]?key|signature|credential/i;
/** Names that say little in a body and much in an address: signed addresses of Azure, Google and others. */
const SENSITIVE_IN_URLS = /^(sig|key|code|jwt|auth|pwd)$/i;
const MASKED = '«secret»';

/**
 * @example
 * maskUrl('http://ann:pw@orders/?token=x&page=2') // 'http://«secret»@orders/?token=«secret»&page=2'
 */
export function maskUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${MASKED}@`)
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (part, sign: string, name: string) =>
      SENSITIVE.test(name) || SENSITIVE_IN_URLS.test(name) ? `${sign}${name}=${MASKED}` : part
    );
}

/** Headers with the values of the sensitive ones masked. */
export function maskHeaders(headers: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SENSITIVE.test(name) ? MASKED : value])
  );
}

/** A JSON body with the values of sensitive keys masked. */
export function maskBody(body: Json): Json {
  if (Array.isArray(body)) {
    return body.map((item: Json) => maskBody(item));
  }
  if (typeof body === 'object' && body !== null) {
    const entries = Object.entries(body).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
      entries.map(([key, value]) => [
        key,
        SENSITIVE.test(key) && value !== null ? MASKED : maskBody(value as Json)
      ])
    );
  }
  return body;
}
