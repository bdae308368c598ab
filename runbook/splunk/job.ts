// Runs a search and words its failures. How the rows come is decided by the option `via`.
import { formatDuration } from '../../contract/base/format.js';
import { ports } from '../context.js';
import { SearchFailedError } from './search-failed-error.js';
import { innermostMessage } from '../innermost-cause.js';
import { exportRows } from './exported-rows.js';
import { tellsOfMissingRows } from './missing-rows.js';
import { failWith, type Fail, type SearchProfile } from './send.js';
import { storedRows } from './stored-rows.js';
import type { FoundRows, SearchJob } from './found-rows.js';

/** @throws {@link SearchFailedError} whenever the rows are not all that the search finds (up to the limit), unless they are to be shown all the same. */
export async function runSearchJob(profile: SearchProfile, job: SearchJob): Promise<FoundRows> {
  const interrupt = ports().signal();
  const deadline = AbortSignal.timeout(job.timeoutMs);
  const fail = failWith(profile, job.spl);
  try {
    const found = await ROWS[job.via](profile, job, AbortSignal.any([interrupt, deadline]), fail);
    const missing = missingOf(found, profile.harmless ?? []);
    if (missing !== null && job.incomplete !== 'show') {
      throw fail('splunk.incomplete', missing, { messages: found.messages ?? [] });
    }
    return { ...found, missing };
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
    throw fail('splunk.unreachable', `could not reach ${profile.url}: ${innermostMessage(error)}`, {
      cause: error
    });
  }
}

/** Of rows that were cut at the limit nobody thinks that they are all. */
function missingOf(
  { missing = null, messages = [], isTruncated }: FoundRows,
  harmless: readonly string[]
): string | null {
  const isSaid = !isTruncated && messages.some(message => tellsOfMissingRows(message, harmless));
  return missing ?? (isSaid ? 'may not have found all that there is' : null);
}

type Rows = (profile: SearchProfile, job: SearchJob, signal: AbortSignal, fail: Fail) => Promise<FoundRows>;

const ROWS: { readonly [via in SearchJob['via']]: Rows } = { export: exportRows, job: storedRows };
