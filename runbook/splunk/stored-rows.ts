// Rows of a search job: start it, wait for its end, read page by page, clean up. Each request is short, so no proxy cuts it off.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/jobs, search/jobs/{sid}/control, search/v2/jobs/{sid}/results)
import { randomUUID } from 'node:crypto';
import { innermostMessage } from '../innermost-cause.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import type { FoundRows, SearchJob } from './job.js';
import type { SearchRow, SplunkMessage } from './read-export.js';
import { isFatal, refusalOf, send, type Fail, type SearchProfile } from './send.js';

const PAGE_ROWS = 5000;
const LONGEST_PAUSE_MS = 2000;
const CLEAN_UP_MS = 5000;

/** The rows of a finished job. Whatever goes wrong after its start, the strategy `onStop` decides what becomes of it. */
export async function storedRows(
  profile: SearchProfile,
  job: SearchJob,
  signal: AbortSignal,
  fail: Fail
): Promise<FoundRows> {
  const ask = (
    path: string,
    form: { readonly [name: string]: string } | null,
    until = signal
  ): Promise<Answer> => readAnswer(profile, path, form, until, fail);
  // An id of our own, so that a job whose start was cut off can be stopped too.
  const sid = `launchbook_${randomUUID()}`;
  const path = encodeURIComponent(sid);
  const control = (action: 'cancel' | 'finalize'): Promise<Answer> =>
    ask(
      `/services/search/jobs/${path}/control`,
      { action, output_mode: 'json' },
      AbortSignal.timeout(CLEAN_UP_MS)
    );
  let isRefused = false;
  try {
    const started = await ask('/services/search/jobs', {
      search: job.spl,
      id: sid,
      earliest_time: job.earliest,
      latest_time: job.latest,
      exec_mode: 'normal',
      // One more than wanted tells a full answer from a cut one.
      max_count: String(job.limit + 1),
      output_mode: 'json'
    }).catch((error: unknown) => {
      isRefused = !signal.aborted;
      throw error;
    });
    if (started.sid !== sid) {
      isRefused = true;
      throw fail('splunk.failed', `got an answer from ${profile.url} that is not Splunk's`);
    }
    const total = await waitForEnd(
      () => ask(`/services/search/jobs/${path}?output_mode=json`, null),
      signal,
      fail
    );
    const rows = await readPages(
      (offset, count) =>
        ask(
          `/services/search/v2/jobs/${path}/results?output_mode=json&offset=${offset}&count=${count}`,
          null
        ),
      Math.min(total, job.limit + 1),
      fail
    );
    if (job.onStop !== 'keep') {
      // The rows are here; a job that cannot be deleted ends by itself.
      await control('cancel').catch(() => undefined);
    }
    return {
      rows: rows.slice(0, job.limit),
      isTruncated: total > job.limit,
      sid: job.onStop === 'keep' ? sid : null
    };
  } catch (error) {
    if (job.onStop !== 'keep' && !isRefused) {
      await control(job.onStop).catch((reason: unknown) => {
        throw fail(
          'splunk.not_stopped',
          `was given up (${innermostMessage(error)}), and its job ${sid} could not be stopped (${innermostMessage(reason)})`,
          error
        );
      });
    }
    throw error;
  }
}

interface Answer {
  readonly sid?: unknown;
  readonly messages?: readonly SplunkMessage[];
  readonly results?: readonly SearchRow[];
  readonly entry?: readonly { readonly content?: JobContent }[];
}

interface JobContent {
  readonly dispatchState?: string;
  readonly isDone?: boolean;
  readonly isFailed?: boolean;
  readonly resultCount?: number;
  readonly messages?: readonly SplunkMessage[];
}

async function waitForEnd(ask: () => Promise<Answer>, signal: AbortSignal, fail: Fail): Promise<number> {
  for (let pauseMs = 100; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const content = (await ask()).entry?.[0]?.content;
    if (!content) {
      throw fail('splunk.failed', 'has a job whose state cannot be read');
    }
    if (content.isFailed === true || content.dispatchState === 'FAILED') {
      const said =
        (content.messages ?? []).find(isFatal)?.text.replace(/\.$/, '') ?? 'Splunk does not say why';
      throw fail('splunk.bad_query', `failed: ${said}`);
    }
    if (content.isDone === true || content.dispatchState === 'DONE') {
      return content.resultCount ?? 0;
    }
    if (!(await sleepUnlessAborted(pauseMs, signal))) {
      signal.throwIfAborted();
    }
  }
}

async function readPages(
  ask: (offset: number, count: number) => Promise<Answer>,
  wanted: number,
  fail: Fail
): Promise<SearchRow[]> {
  const rows: SearchRow[] = [];
  while (rows.length < wanted) {
    const page = (await ask(rows.length, Math.min(PAGE_ROWS, wanted - rows.length))).results;
    if (!Array.isArray(page) || page.length === 0) {
      throw fail('splunk.incomplete', `ended early, after ${rows.length} of ${wanted} rows`);
    }
    rows.push(...(page as readonly SearchRow[]));
  }
  return rows;
}

async function readAnswer(
  profile: SearchProfile,
  path: string,
  form: { readonly [name: string]: string } | null,
  signal: AbortSignal,
  fail: Fail
): Promise<Answer> {
  const response = await send(profile, path, form, signal);
  const text = await response.text();
  const answer = parse(text);
  const refusal = refusalOf(fail, response.status, answer?.messages ?? []);
  if (refusal) {
    throw refusal;
  }
  // A page without rows may be answered with status 204 and nothing.
  if (answer === null && text !== '') {
    throw fail('splunk.failed', `got an answer from ${profile.url} that is not Splunk's`);
  }
  return answer ?? {};
}

function parse(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer | null;
  } catch {
    return null;
  }
}
