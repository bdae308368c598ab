// Runs a search and words its failures. How the rows come is decided by the option `via`.
import { formatDuration } from '../../contract/format.js';
import { ports } from '../context.js';
import { SearchFailedError } from '../errors/search-failed-error.js';
import { innermostMessage } from '../innermost-cause.js';
import { exportRows } from './exported-rows.js';
import type { SearchRow } from './read-export.js';
import type { CheckedRun } from './run-options.js';
import { failWith, type Fail, type SearchProfile } from './send.js';
import { storedRows } from './stored-rows.js';

/** What is sent. */
export interface SearchJob extends Omit<CheckedRun, 'dryRun'> {
  readonly spl: string;
  readonly earliest: string;
  readonly latest: string;
}

/** What came. */
export interface FoundRows {
  readonly rows: readonly SearchRow[];
  readonly isTruncated: boolean;
  /** Id of the search job, when it was left on the server. */
  readonly sid: string | null;
}

/** @throws {@link SearchFailedError} whenever the rows are not all that the search finds (up to the limit). */
export async function runSearchJob(profile: SearchProfile, job: SearchJob): Promise<FoundRows> {
  const interrupt = ports().signal();
  const deadline = AbortSignal.timeout(job.timeoutMs);
  const fail = failWith(profile, job.spl);
  try {
    return await ROWS[job.via](profile, job, AbortSignal.any([interrupt, deadline]), fail);
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

type Rows = (profile: SearchProfile, job: SearchJob, signal: AbortSignal, fail: Fail) => Promise<FoundRows>;

const ROWS: { readonly [via in SearchJob['via']]: Rows } = { export: exportRows, job: storedRows };
