// One request to Splunk's REST API, with its token, and the words for a refusal. Certificates are checked, redirects refused.
import { SearchFailedError, type SearchFailureCode } from './search-failed-error.js';
import type { SealedProfile } from '../ports.js';
import { maskText } from '../redact.js';
import { isFatal, type SplunkMessage } from './messages.js';

/** Where a search goes. */
export type SearchProfile = NonNullable<SealedProfile['splunk']>;

/** Makes the errors of one search, with the token masked. */
export type Fail = (
  code: SearchFailureCode,
  words: string,
  more?: { readonly cause?: unknown; readonly messages?: readonly SplunkMessage[] }
) => SearchFailedError;

/** The errors of one search. */
export function failWith(profile: SearchProfile, spl: string): Fail {
  const secrets = [{ name: 'splunk.token', value: profile.token.reveal() }];
  return (code, words, { cause, messages = [] } = {}) =>
    new SearchFailedError(code, maskText(words, secrets), spl, {
      cause,
      messages: messages.map(({ type, text }) => ({ type, text: maskText(text, secrets) }))
    });
}

/** Sends a form, or asks for `path` when there is none. Over a connection of its own: one that was kept may have been closed meanwhile. */
export function send(
  profile: SearchProfile,
  path: string,
  form: { readonly [name: string]: string } | null,
  signal: AbortSignal
): Promise<Response> {
  return fetch(`${profile.url}${path}`, {
    method: form === null ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${profile.token.reveal()}`, connection: 'close' },
    ...(form === null ? {} : { body: new URLSearchParams(form) }),
    redirect: 'error',
    signal
  });
}

/** The error for an answer with a status that is not a success; null for a success. */
export function refusalOf(
  fail: Fail,
  status: number,
  messages: readonly SplunkMessage[]
): SearchFailedError | null {
  if (status >= 200 && status <= 299) {
    return null;
  }
  const said = (messages.find(isFatal) ?? messages[0])?.text.replace(/\.$/, '');
  return fail(
    codeOfStatus(status),
    `was refused with status ${status}${said === undefined ? '' : `: ${said}`}`,
    { messages }
  );
}

function codeOfStatus(status: number): SearchFailureCode {
  return status === 401 || status === 403
    ? 'splunk.unauthorized'
    : status === 400
      ? 'splunk.bad_query'
      : 'splunk.failed';
}
