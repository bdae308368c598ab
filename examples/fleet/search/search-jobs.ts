// Search jobs in memory, with the paths, parameters and answers of Splunk's REST API. A search of the example takes milliseconds, so a
// job is done when its start is answered.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch (search/jobs, {sid}, {sid}/control, {sid}/results)
import { randomUUID } from 'node:crypto';
import type { Answer, Entry, Message, ResultRow } from './answer.ts';
import { messagesOf, runSearch } from './run-search.ts';

/** A request with its path behind `/services/`, its query and its form. */
export interface JobRequest {
  readonly method: string;
  readonly path: string;
  readonly fields: URLSearchParams;
}

/** Status and content of an answer. */
export interface JobAnswer {
  readonly status: number;
  readonly body: Answer;
  /** The state of one job, which is no list. */
  readonly isEntity?: boolean;
}

interface Job {
  readonly sid: string;
  readonly request: Readonly<Record<string, string>>;
  readonly startedMs: number;
  readonly rows: readonly ResultRow[];
  readonly messages: readonly Message[];
  ttlSeconds: number;
}

const MOST_JOBS = 100;
const MOST_ROWS = 50_000;
const JOB_PATH = /^search\/(?:v2\/)?jobs(?:\/([^/]+)(?:\/(\w+))?)?$/;
const PAGES = ['results', 'results_preview', 'events'];
const ACTIONS: Readonly<Record<string, string>> = {
  cancel: 'Search job cancelled.',
  finalize: 'Search job finalized.',
  touch: 'Search job touched.',
  setttl: 'The ttl of the search job was changed.',
  pause: 'Search job paused.',
  unpause: 'Search job continued.',
  setpriority: 'The search job priority was changed.',
  enablepreview: 'Search job results preview enabled.',
  disablepreview: 'Search job results preview disabled.'
};

/** There is one user, and nothing is hidden. */
const OWNED = { owner: 'admin', app: 'search', sharing: 'global' };

/** The jobs of one server. */
export class SearchJobs {
  readonly #folder: string;
  readonly #jobs = new Map<string, Job>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The answer, or null when the path is none of a job. Throws a `SearchFault` for a search that cannot be understood. */
  answer({ method, path, fields }: JobRequest): JobAnswer | null {
    const [, escaped, part] = JOB_PATH.exec(path) ?? [];
    if (!JOB_PATH.test(path) || escaped === 'export') return null;
    if (escaped === undefined) return method === 'POST' ? this.#start(fields) : this.#list(fields);
    const job = this.#find(decodeURIComponent(escaped));
    if (job === undefined) return refusal(404, 'FATAL', 'Unknown sid.');
    if (part === undefined && method === 'DELETE') return this.#control(job, 'cancel', fields);
    if (part === undefined)
      return { status: 200, body: { entry: [entryOf(job)], messages: [] }, isEntity: true };
    if (part === 'control' && method === 'POST')
      return this.#control(job, fields.get('action') ?? '', fields);
    return PAGES.includes(part)
      ? { status: 200, body: pageOf(job, fields) }
      : refusal(404, 'ERROR', 'Not Found');
  }

  #start(fields: URLSearchParams): JobAnswer {
    const request = Object.fromEntries([...fields].filter(([name]) => name !== 'output_mode'));
    const { search = '', earliest_time: earliest = '', latest_time: latest = '' } = request;
    const found = runSearch(this.#folder, { search, earliest, latest }, Date.now());
    const messages = messagesOf({ search, earliest, latest });
    const rows = found.slice(0, Number(request['max_count'] ?? MOST_ROWS));
    const sid = request['id'] ?? `${(Date.now() / 1000).toFixed(3)}_${randomUUID()}`;
    const job = { sid, request, startedMs: Date.now(), rows, messages, ttlSeconds: 600 };
    if (request['exec_mode'] === 'oneshot') return { status: 200, body: pageOf(job, fields) };
    this.#jobs.set(sid, job);
    if (this.#jobs.size > MOST_JOBS) this.#jobs.delete(this.#jobs.keys().next().value!);
    return { status: 201, body: { sid } };
  }

  #list(fields: URLSearchParams): JobAnswer {
    const wanted = fields.getAll('id');
    const jobs = [...this.#jobs.keys()].flatMap(sid => this.#find(sid) ?? []);
    const entry = jobs.filter(({ sid }) => wanted.length === 0 || wanted.includes(sid)).map(entryOf);
    return { status: 200, body: { entry, messages: [] } };
  }

  #control(job: Job, action: string, fields: URLSearchParams): JobAnswer {
    const said = ACTIONS[action];
    if (said === undefined) return refusal(400, 'FATAL', `Unknown control action '${action}'.`);
    if (action === 'cancel') this.#jobs.delete(job.sid);
    if (action === 'setttl') job.ttlSeconds = Number(fields.get('ttl') ?? job.ttlSeconds);
    return { status: 200, body: { messages: [{ type: 'INFO', text: said }] } };
  }

  #find(sid: string): Job | undefined {
    const job = this.#jobs.get(sid);
    if (job && Date.now() > job.startedMs + job.ttlSeconds * 1000) this.#jobs.delete(sid);
    return this.#jobs.get(sid);
  }
}

function entryOf({ sid, request, startedMs, rows, messages, ttlSeconds }: Job): Entry {
  const content = {
    sid,
    dispatchState: 'DONE',
    isDone: true,
    isFailed: false,
    isFinalized: false,
    isPaused: false,
    isRealTimeSearch: false,
    doneProgress: 1,
    resultCount: rows.length,
    resultPreviewCount: rows.length,
    ttl: ttlSeconds,
    request,
    messages
  };
  const name = request['search'] ?? '';
  return { name, published: new Date(startedMs).toISOString(), acl: OWNED, content };
}

/** `count=0` means all of them, as in Splunk; without it a page has 100. */
function pageOf({ rows, messages }: Job, fields: URLSearchParams): Answer {
  const offset = Number(fields.get('offset') ?? 0);
  const asked = Number(fields.get('count') ?? 100);
  const page = rows.slice(offset, offset + Math.min(asked === 0 ? MOST_ROWS : asked, MOST_ROWS));
  const names = [...new Set(page.flatMap(row => Object.keys(row)))];
  return {
    preview: false,
    init_offset: offset,
    messages,
    fields: names.map(name => ({ name })),
    results: page
  };
}

function refusal(status: number, type: string, text: string): JobAnswer {
  return { status, body: { messages: [{ type, text }] } };
}
