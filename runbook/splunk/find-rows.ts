// One search as one effect: its rows from Splunk, from the record, or those of a search that is not run.
import type { Json } from '../../contract/base/json.js';
import { stopwatch } from '../stopwatch.js';
import { performEffect } from '../effect/effect.js';
import type { SearchProfile } from './send.js';
import { runSearchJob } from './job.js';
import { type FoundRows } from './found-rows.js';
import { rangeText } from './result.js';
import type { CheckedRun } from './run-options.js';

/** What is searched, and when. */
export interface Query {
  readonly spl: string;
  readonly earliest: string;
  readonly latest: string;
}

/** @throws {@link SearchFailedError} when the search could not be run to its end. */
export async function findRows(
  profile: SearchProfile,
  query: Query,
  { dryRun, ...how }: CheckedRun
): Promise<FoundRows & { readonly durationMs: number }> {
  const job = { ...query, ...how };
  const { spl, earliest, latest } = query;
  const elapsedMs = stopwatch();
  const effect = {
    helper: 'splunk',
    label: spl,
    request: { ...job },
    plan: `${spl} (${rangeText(earliest, latest)})`,
    empty: { rows: dryRun, isTruncated: false, sid: null, messages: [], missing: null, durationMs: 0 } as Json
  };
  const found = await performEffect(effect, async () => {
    const rows = await runSearchJob(profile, job);
    return {
      outcome: 'passed',
      result: { ...rows, durationMs: elapsedMs() } as unknown as Json
    };
  });
  return found as unknown as FoundRows & { readonly durationMs: number };
}
