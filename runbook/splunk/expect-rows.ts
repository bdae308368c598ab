// Whether the rows of a search are as few, or their numbers as small, as they should be.
import { UsageError } from '../errors/usage-error.js';
import { numberOf } from '../chart/read-rows.js';
import { cellText } from '../text/cell-text.js';
import type { SearchNode, SearchTree } from './spl/nodes.js';
import type { SearchResult } from './result.js';

/** What is wrong with the rows, or null. Without a field their number must be below `limit`, with one its value in each row. */
export function complaintAbout(result: SearchResult, limit: number, field: string | null): string | null {
  if (field === null) {
    const found = `found ${result.count}${result.isTruncated ? ' or more' : ''} rows`;
    return result.count < limit ? null : `${found}, expected ${limit === 1 ? 'none' : `fewer than ${limit}`}`;
  }
  const bad = result.rows.findIndex(row => {
    const value = numberOf(row[field]);
    return typeof value !== 'number' || value >= limit;
  });
  return bad < 0
    ? null
    : `has ${field} = ${cellText(result.rows[bad]![field]) || 'nothing'} in row ${bad + 1}, expected a number below ${limit}`;
}

/** Why a check that found nothing to complain about proves nothing all the same, or null. */
export function unprovenBy(result: SearchResult, field: string | null): string | null {
  return result.isTruncated && field !== null
    ? `found more than ${result.count} rows, so '${field}' was not compared in all of them`
    : null;
}

/**
 * An aggregation over everything has one row (a time chart one for each span) whatever was found, and a search that is cut to a few rows
 * never has more: counting them proves nothing.
 *
 * @param limit - How many rows would be too many.
 * @throws {@link UsageError} before anything is sent.
 */
export function refuseFixedCounts(method: string, { nodes }: SearchTree, limit: number): void {
  const last = nodes.findLast(node => node.kind !== 'eval' && node.kind !== 'sort' && node.kind !== 'table');
  if (last?.kind === 'timechart' || (last?.kind === 'stats' && last.by.length === 0)) {
    const names = last.aggregations.map(part => part.name);
    throw new UsageError(
      `${method} counts rows, but this search has the same number of rows whatever it finds, because it ends with .${last.kind}().`,
      {
        hint: `Compare a value: .expectBelow(limit, { field: '${names[0] ?? ''}' }); or leave the aggregation out.`
      }
    );
  }
  const most = mostRows(nodes);
  if (most < limit) {
    throw new UsageError(
      `${method} counts rows up to ${limit}, but this search never has more than ${most}, because of .head(${most}).`,
      { hint: 'Leave .head() out: a check counts, and shows the first rows.' }
    );
  }
}

/** The most rows that a search can have, whatever it finds. SPL of the author's own may make several rows of one. */
function mostRows(nodes: readonly SearchNode[]): number {
  return nodes.reduce(
    (most, node) =>
      node.kind === 'head' ? Math.min(most, node.count) : node.kind === 'raw' ? Infinity : most,
    Infinity
  );
}
