// Reads what JupyterLab itself records in `metadata.execution` when a person has switched that on. It is never switched on by us.
import type { TimingRecord } from '../../contract/notebook/notebook.js';

/** The execution as a record, or null when there is no whole one. `hasError` tells whether the cell's output is an error. */
export function coreTimingOf(execution: unknown, hasError: boolean): TimingRecord | null {
  if (typeof execution !== 'object' || execution === null) {
    return null;
  }
  const at = (key: string): string | null => asUtc((execution as { readonly [key: string]: unknown })[key]);
  const failed = at('execution_failed');
  const started = at('shell.execute_reply.started') ?? at('iopub.execute_input');
  const ended = at('shell.execute_reply') ?? at('iopub.status.idle') ?? failed;
  // `busy` is not when it was queued but when the kernel took it up: the nearest that JupyterLab knows.
  const queued = at('iopub.status.busy') ?? started ?? ended;
  if (ended === null || queued === null) {
    return null;
  }
  const outcome =
    started === null ? 'aborted' : failed !== null ? 'inconclusive' : hasError ? 'failed' : 'passed';
  return { n: 1, queued, started: started ?? queued, ended, outcome, by: '' };
}

/** ISO 8601 in UTC, or null when `time` is none. A time without a zone is taken as UTC. */
export function asUtc(time: unknown): string | null {
  if (typeof time !== 'string' || time === '') {
    return null;
  }
  const isZoned = /(Z|[+-]\d\d:?\d\d)$/i.test(time);
  const date = new Date(isZoned ? time : `${time}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
