// Runs a search on Splunk's REST API: POST services/search/v2/jobs/export, rows streamed as they are found.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch#search.2Fv2.2Fjobs.2Fexport
import { formatDuration } from '../../contract/format.js';
import { ports } from '../context.js';
import { SearchFailedError, type SearchFailureCode } from '../errors/search-failed-error.js';
import { innermostMessage } from '../innermost-cause.js';
import type { SplunkProfile } from '../ports.js';
import { maskText } from '../redact.js';
import { ExportReader, type SearchRow } from './read-export.js';

/** What is sent. */
export interface SearchJob {
  readonly spl: string;
  readonly earliest: string;
  readonly latest: string;
  readonly timeoutMs: number;
  /** Rows kept; more make the result truncated. */
  readonly limit: number;
}

/** What came. */
export interface FoundRows {
  readonly rows: readonly SearchRow[];
  readonly isTruncated: boolean;
}

/** @throws {@link SearchFailedError} whenever the rows are not all that the search finds (up to the limit). */
export async function runSearchJob(profile: SplunkProfile, job: SearchJob): Promise<FoundRows> {
  const interrupt = ports().signal();
  const deadline = AbortSignal.timeout(job.timeoutMs);
  const fail = (code: SearchFailureCode, words: string, cause?: unknown): SearchFailedError =>
    new SearchFailedError(
      code,
      maskText(words, [{ name: 'splunk.token', value: profile.token }]),
      job.spl,
      cause
    );
  try {
    const response = await send(profile, job, AbortSignal.any([interrupt, deadline]));
    const reader = await readAnswer(response, job.limit);
    const said = reader.fatal?.text ?? reader.messages[0]?.text;
    if (!response.ok) {
      throw fail(
        codeOfStatus(response.status),
        `was refused with status ${response.status}${said === undefined ? '' : `: ${said.replace(/\.$/, '')}`}`
      );
    }
    if (reader.fatal) {
      throw fail('splunk.bad_query', `failed: ${reader.fatal.text.replace(/\.$/, '')}`);
    }
    if (reader.isForeign) {
      throw fail('splunk.failed', `got an answer from ${profile.url} that is not Splunk's`);
    }
    if (!reader.isComplete && !reader.isFull) {
      throw fail('splunk.incomplete', `ended early, after ${reader.rows.length} rows without a last one`);
    }
    return { rows: reader.rows.slice(0, job.limit), isTruncated: reader.isFull };
  } catch (error) {
    if (error instanceof SearchFailedError) {
      throw error;
    }
    if (interrupt.aborted) {
      throw fail('splunk.interrupted', 'was interrupted');
    }
    if (deadline.aborted) {
      throw fail('splunk.timed_out', `did not end within ${formatDuration(job.timeoutMs)}`);
    }
    throw fail('splunk.unreachable', `could not reach ${profile.url}: ${innermostMessage(error)}`, error);
  }
}

async function send(profile: SplunkProfile, job: SearchJob, signal: AbortSignal): Promise<Response> {
  const form = new URLSearchParams({
    search: job.spl,
    earliest_time: job.earliest,
    latest_time: job.latest,
    output_mode: 'json',
    preview: 'false'
  });
  return fetch(`${profile.url}/services/search/v2/jobs/export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${profile.token}` },
    body: form,
    redirect: 'error',
    signal
  });
}

async function readAnswer(response: Response, limit: number): Promise<ExportReader> {
  const reader = new ExportReader(limit);
  const decoder = new TextDecoder();
  const stream = response.body?.getReader();
  for (let part = await stream?.read(); part && !part.done; part = await stream!.read()) {
    reader.push(decoder.decode(part.value, { stream: true }));
    if (reader.isFull) {
      await stream!.cancel();
      return reader;
    }
  }
  reader.end();
  return reader;
}

function codeOfStatus(status: number): SearchFailureCode {
  return status === 401 || status === 403
    ? 'splunk.unauthorized'
    : status === 400
      ? 'splunk.bad_query'
      : 'splunk.failed';
}
