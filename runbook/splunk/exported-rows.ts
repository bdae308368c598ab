// Rows as they are found: POST services/search/v2/jobs/export, one JSON object a line. The search ends with the connection.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch#search.2Fv2.2Fjobs.2Fexport
import { formatCount } from '../../contract/base/format.js';
import { innermostMessage } from '../innermost-cause.js';
import type { FoundRows, SearchJob } from './found-rows.js';
import { isDeadly, isFatal } from './messages.js';
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
  const reader = new ExportReader(job.limit);
  const cut = await readAnswer(response, reader, signal);
  const { messages } = reader;
  const refusal = refusalOf(fail, response.status, messages);
  if (refusal) {
    throw refusal;
  }
  const isWhole = reader.isFull || (cut === null && reader.isComplete);
  const fatal = messages.find(message => (isWhole ? isDeadly(message) : isFatal(message)));
  if (fatal) {
    throw fail('splunk.bad_query', `failed: ${fatal.text.replace(/\.$/, '')}`, { messages });
  }
  if (reader.isForeign) {
    throw fail('splunk.failed', `got an answer from ${profile.url} that is not Splunk's`);
  }
  return {
    rows: reader.rows.slice(0, job.limit),
    isTruncated: reader.isFull,
    sid: null,
    messages,
    missing: isWhole
      ? null
      : `ended early, after ${formatCount(reader.rows.length, 'row')} without a last one${cut === null ? '' : ` (${cut})`}`
  };
}

/** Null, or why the answer broke off. */
async function readAnswer(
  response: Response,
  reader: ExportReader,
  signal: AbortSignal
): Promise<string | null> {
  const decoder = new TextDecoder();
  const stream = response.body?.getReader();
  try {
    for (let part = await stream?.read(); part && !part.done; part = await stream!.read()) {
      reader.push(decoder.decode(part.value, { stream: true }));
      if (reader.isFull) {
        await stream!.cancel();
        return null;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    return innermostMessage(error);
  }
  reader.end();
  return null;
}
