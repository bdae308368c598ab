// Runs the search that a tree describes, as the profile of the environment says: rows, link, and whether they are as they should be.
import { ports } from '../context.js';
import { formatDuration, formatUtc } from '../../contract/base/format.js';
import { requireOfWorld, showEnd } from '../effect/effect.js';
import { CheckFailedError } from '../errors/check-failed-error.js';
import { UsageError } from '../errors/usage-error.js';
import { complaintAbout, unprovenBy } from './expect-rows.js';
import { findRows } from './find-rows.js';
import { toSearchResult, type SearchResult } from './result.js';
import type { CheckedRun } from './run-options.js';
import { SearchFailedError } from './search-failed-error.js';
import { displaySearchResult } from './search-result.js';
import type { SearchProfile } from './send.js';
import { compileSearch } from './spl/compile.js';
import type { SearchTree } from './spl/nodes.js';
import { latestInstant } from './time-range.js';

/** Runs the search and shows its rows. The times of its window have been looked up. */
export async function runSearch(tree: SearchTree, run: CheckedRun): Promise<SearchResult> {
  const result = await find(tree, run);
  showEnd(() => displaySearchResult(result));
  return result;
}

/** The same, and compares: fewer rows than `limit`, or with a `field` a number below it in each row. What is incomplete never passes. */
export async function expectOfSearch(
  tree: SearchTree,
  limit: number,
  field: string | null,
  run: CheckedRun
): Promise<SearchResult> {
  requireOfWorld(() => refuseOpenRange(tree));
  // The limit of rows must not hide the one that breaks the check.
  const result = await find(tree, field === null ? { ...run, limit: Math.max(run.limit, limit) } : run);
  const complaint = complaintAbout(result, limit, field);
  const unproven = complaint === null ? unprovenBy(result, field) : null;
  showEnd(() => displaySearchResult(result, (complaint ?? unproven) === null ? 'passed' : 'failed'));
  if (unproven !== null) {
    throw new SearchFailedError('splunk.incomplete', unproven, result.spl, { messages: result.messages });
  }
  if (complaint !== null) {
    throw new CheckFailedError(`The search ${complaint}.\nSearch: ${result.spl}`, {
      spl: result.spl,
      count: result.count,
      link: result.link
    });
  }
  return result;
}

/** What has not happened yet cannot have been found. */
function refuseOpenRange(tree: SearchTree): void {
  const { now } = ports();
  const overMs = latestInstant(tree.latest, now());
  if (overMs > now()) {
    throw new SearchFailedError(
      'splunk.incomplete',
      `looks at a time range that may not be over before ${formatUtc(new Date(overMs).toISOString())}, in ${formatDuration(overMs - now())}; nothing was searched`,
      compileSearch(tree)
    );
  }
}

async function find(tree: SearchTree, run: CheckedRun): Promise<SearchResult> {
  const spl = compileSearch(tree);
  const profile = profileFor(spl);
  const link = linkOfSearch(tree);
  const { earliest, latest, caption, nodes } = tree;
  const found = await findRows(profile, { spl, earliest, latest }, run);
  return toSearchResult({
    spl,
    earliest,
    latest,
    link,
    caption,
    isTimechart: nodes.some(node => node.kind === 'timechart'),
    rows: found.rows,
    count: found.rows.length,
    isTruncated: found.isTruncated,
    isComplete: (found.missing ?? null) === null,
    messages: found.messages ?? [],
    sid: found.sid,
    durationMs: found.durationMs
  });
}

/** Address of the search in Splunk Web. @throws code `splunk.not_configured` and `splunk.window_open`, as `.link()` says. */
export function linkOfSearch(tree: SearchTree): string {
  if (tree.window !== null) {
    throw new UsageError(`.link() needs the times of “${tree.window}”, which are not looked up yet.`, {
      code: 'splunk.window_open',
      hint: 'Write (await search.resolve()).link(), or take the link of the result.'
    });
  }
  const spl = compileSearch(tree);
  const { web, app } = profileFor(spl);
  const query = new URLSearchParams({ q: spl, earliest: tree.earliest, latest: tree.latest });
  return `${web}/app/${encodeURIComponent(app)}/search?${query.toString().replace(/\+/g, '%20')}`;
}

function profileFor(spl: string): SearchProfile {
  const { splunk: profile, name } = ports().environment;
  if (!profile) {
    throw new SearchFailedError(
      'splunk.not_configured',
      `has nowhere to go: the environment '${name}' has no splunk in launchbook.yml`,
      spl
    );
  }
  return profile;
}
