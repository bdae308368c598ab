// Rows as they are found: POST services/search/v2/jobs/export, one JSON object a line. The search ends with the connection.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch#search.2Fv2.2Fjobs.2Fexport
import type { FoundRows, SearchJob } from './job.js';
import { ExportReader } from './read-export.js';
import { refusalOf, send, type Fail, type SearchProfile } from './send.js';

/** The rows of a whole answer, or of its beginning when there are more than the limit. */
export async function exportRows(
  profile: SearchProfile,
  job: SearchJob,
  signal: AbortSignal,
  fail: Fail
): Promise<FoundRows> {
  const form = {
    search: job.spl,
    earliest_time: job.earliest,
    latest_time: job.latest,
    output_mode: 'json',
    preview: 'false'
  };
  const response = await send(profile, '/services/search/v2/jobs/export', form, signal);
  const reader = await readAnswer(response, job.limit);
  const refusal = refusalOf(fail, response.status, reader.messages);
  if (refusal) {
    throw refusal;
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
  return { rows: reader.rows.slice(0, job.limit), isTruncated: reader.isFull, sid: null };
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
