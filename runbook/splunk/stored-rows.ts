// Rows of a search job: start it, wait for its end, read page by page, clean up. Each request is short, so no proxy cuts it off.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/jobs, search/jobs/{sid}/control, search/v2/jobs/{sid}/results)
import { randomUUID } from 'node:crypto';
import { innermostMessage } from '../innermost-cause.js';
import { sleepUnlessAborted } from '../interruptible-sleep.js';
import type { SearchJob } from './found-rows.js';
import type { FoundRows } from './found-rows.js';
import { isDeadly, isFatal, readMessages, type SplunkMessage } from './messages.js';
import type { SearchRow } from './read-export.js';
import { refusalOf, send, type Fail, type SearchProfile } from './send.js';

const PAGE_ROWS = 5000;
const LONGEST_PAUSE_MS = 2000;
const CLEAN_UP_MS = 5000;

/** The rows of a finished job. Whatever goes wrong after its start, the strategy `onStop` decides what happens to it. */
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
    const ended = await waitForEnd(
      () => ask(`/services/search/jobs/${path}?output_mode=json`, null),
      job,
      signal,
      fail
    );
    const { total } = ended;
    const { rows, messages, missing } = await readPages(
      (offset, count) =>
        ask(
          `/services/search/v2/jobs/${path}/results?output_mode=json&offset=${offset}&count=${count}`,
          null
        ),
      Math.min(total, job.limit + 1)
    );
    if (job.onStop !== 'keep') {
      // The rows are here; a job that cannot be deleted ends by itself.
      await control('cancel').catch(() => undefined);
    }
    return {
      rows: rows.slice(0, job.limit),
      isTruncated: total > job.limit,
      sid: job.onStop === 'keep' ? sid : null,
      messages: [...ended.messages, ...messages],
      missing: ended.missing ?? missing
    };
  } catch (error) {
    if (job.onStop !== 'keep' && !isRefused) {
      await control(job.onStop).catch((reason: unknown) => {
        throw fail(
          'splunk.not_stopped',
          `was given up (${innermostMessage(error)}), and its job ${sid} could not be stopped (${innermostMessage(reason)})`,
          { cause: error }
        );
      });
    }
    throw error;
  }
}

interface Answer {
  readonly sid?: unknown;
  readonly messages?: unknown;
  readonly preview?: unknown;
  readonly results?: unknown;
  readonly entry?: readonly { readonly content?: JobContent }[];
}

interface JobContent {
  readonly dispatchState?: string;
  readonly isDone?: boolean;
  readonly isFailed?: boolean;
  readonly isFinalized?: boolean;
  readonly isZombie?: boolean;
  readonly resultCount?: unknown;
  readonly messages?: unknown;
}

/** How a job ended, or what of it could be read. */
interface JobEnd {
  readonly total: number;
  readonly messages: readonly SplunkMessage[];
  readonly missing: string | null;
}

async function waitForEnd(
  ask: () => Promise<Answer>,
  job: SearchJob,
  signal: AbortSignal,
  fail: Fail
): Promise<JobEnd> {
  for (let pauseMs = 100; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const content = (await ask()).entry?.[0]?.content;
    if (!content) {
      throw fail('splunk.failed', 'has a job whose state cannot be read');
    }
    const messages = readMessages(content.messages);
    const isFailed = content.isFailed === true || content.dispatchState === 'FAILED';
    const fatal = messages.find(isFailed ? isFatal : isDeadly)?.text.replace(/\.$/, '');
    if (isFailed || fatal !== undefined) {
      throw fail('splunk.bad_query', `failed: ${fatal ?? 'Splunk does not say why'}`, { messages });
    }
    if (content.isDone === true || content.dispatchState === 'DONE') {
      return endOf(content, job, messages);
    }
    if (content.isZombie === true) {
      throw fail('splunk.failed', 'has a job whose process has died', { messages });
    }
    if (!(await sleepUnlessAborted(pauseMs, signal))) {
      signal.throwIfAborted();
    }
  }
}

function endOf(
  { resultCount, isFinalized }: JobContent,
  { spl, limit }: SearchJob,
  messages: readonly SplunkMessage[]
): JobEnd {
  const total = Number.isSafeInteger(resultCount) && Number(resultCount) >= 0 ? Number(resultCount) : null;
  return {
    total: total ?? 0,
    messages,
    missing:
      total === null
        ? 'has a job that does not say how many rows it found'
        : isFinalized === true && total <= limit && !isCutByHead(spl, total)
          ? 'was finalized before it had searched everything'
          : null
  };
}

/** A search that has as many rows as `head` lets through needs no more, and may be ended for that. */
function isCutByHead(spl: string, total: number): boolean {
  return [...spl.matchAll(/\|\s*head\s+(?:limit=)?(\d+)/g)].some(([, count]) => Number(count) === total);
}

async function readPages(
  ask: (offset: number, count: number) => Promise<Answer>,
  wanted: number
): Promise<{ rows: SearchRow[]; messages: SplunkMessage[]; missing: string | null }> {
  const rows: SearchRow[] = [];
  const messages: SplunkMessage[] = [];
  // A job that found nothing is asked too: what Splunk says beside its rows may be that some are missing.
  do {
    const answer = await ask(rows.length, Math.max(1, Math.min(PAGE_ROWS, wanted - rows.length)));
    messages.push(...readMessages(answer.messages));
    const page = Array.isArray(answer.results) ? (answer.results as readonly SearchRow[]) : [];
    if (wanted === 0) {
      const missing = page.length > 0 ? 'gave rows although its job says that it found none' : null;
      return { rows, messages, missing };
    }
    if (answer.preview === true || page.length === 0) {
      const missing =
        answer.preview === true
          ? 'gave a preview instead of its rows'
          : `ended early, after ${rows.length} of ${wanted} rows`;
      return { rows, messages, missing };
    }
    rows.push(...page);
  } while (rows.length < wanted);
  return { rows, messages, missing: null };
}

async function readAnswer(
  profile: SearchProfile,
  path: string,
  form: { readonly [name: string]: string } | null,
  signal: AbortSignal,
  fail: Fail
): Promise<Answer> {
  const response = await send(profile, path, form, signal);
  const text = await response.text().catch((error: unknown) => {
    signal.throwIfAborted();
    throw fail('splunk.incomplete', `broke off in an answer (${innermostMessage(error)})`, { cause: error });
  });
  const answer = parse(text);
  const refusal = refusalOf(fail, response.status, readMessages(answer?.messages));
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
