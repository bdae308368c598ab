// A search did not run to its end.
import { LaunchbookError } from '../../contract/base/error.js';
import { describeMessages, type SplunkMessage } from './messages.js';

/** Why a search has no result. */
export type SearchFailureCode =
  | 'splunk.not_configured'
  | 'splunk.bad_query'
  | 'splunk.unauthorized'
  | 'splunk.unreachable'
  | 'splunk.timed_out'
  | 'splunk.interrupted'
  | 'splunk.incomplete'
  | 'splunk.not_stopped'
  | 'splunk.failed';

const HINTS: { readonly [code in SearchFailureCode]: string } = {
  'splunk.not_configured': "Add 'splunk' with url and token to the environment in launchbook.yml.",
  'splunk.bad_query': 'Open .link() to try the search in Splunk Web.',
  'splunk.unauthorized':
    "Check that the token in the environment's profile is valid and may search this index.",
  'splunk.unreachable':
    "Check the address in the environment's profile. For a private certificate authority start Jupyter with NODE_EXTRA_CA_CERTS.",
  'splunk.timed_out': 'Narrow the time range, or raise the option timeout.',
  'splunk.interrupted': 'A search changes nothing: it can be run again.',
  'splunk.incomplete':
    "What came may not be all there is, so nothing is concluded from it. Run it again, or with via: 'job'; .run({ incomplete: 'show' }) shows what there is.",
  'splunk.not_stopped':
    'It may go on until its time on the server is over: stop it in Splunk Web under Activity, Jobs.',
  'splunk.failed': 'A search changes nothing: it can be run again.'
};

/**
 * Thrown when a search could not be run to its end. Codes: `splunk.not_configured`, `splunk.bad_query`, `splunk.unauthorized`,
 * `splunk.unreachable`, `splunk.timed_out`, `splunk.interrupted`, `splunk.incomplete` (rows may be missing), `splunk.not_stopped`
 * (it may go on in Splunk), `splunk.failed`. Carries the SPL and every message of Splunk.
 * Not thrown for a search that finds nothing, and not for `.expectNone()`, which throws `CheckFailedError`.
 */
export class SearchFailedError extends LaunchbookError {
  /** The search that failed, as text. */
  readonly spl: string;
  /** Everything that Splunk said of it. */
  readonly messages: readonly SplunkMessage[];

  constructor(
    code: SearchFailureCode,
    words: string,
    spl: string,
    more: { readonly cause?: unknown; readonly messages?: readonly SplunkMessage[] } = {}
  ) {
    const { cause, messages = [] } = more;
    const said = describeMessages(messages).map(line => `\nSplunk says: ${line}`);
    super(`The search ${words}.${said.join('')}\nSearch: ${spl}`, {
      code,
      hint: HINTS[code],
      fields: {
        spl,
        ...(messages.length > 0 ? { messages: messages.map(message => ({ ...message })) } : {})
      },
      ...(cause === undefined ? {} : { cause })
    });
    this.spl = spl;
    this.messages = messages;
  }
}
