// Whether the rows of a search are as few, or their numbers as small, as they should be.
import { UsageError } from '../errors/usage-error.js';
import { numberOf } from '../chart/read-rows.js';
import { cellText } from '../display/cell-text.js';
import type { SearchTree } from './nodes.js';
import type { SearchResult } from './result.js';

/** What is wrong with the rows, or null. Without a field their number must be below `limit`, with one its value in each row. */
export function complaintAbout(result: SearchResult, limit: number, field: string | null): string | null {
  if (field === null) {
    const found = `found ${result.count}${result.isTruncated ? ' or more' : ''} rows`;
    return result.count < limit ? null : `${found}, expected ${limit === 1 ? 'none' : `fewer than ${limit}`}`;
  }
  if (result.isTruncated) {
    return `found more than ${result.count} rows, so '${field}' was not compared in all of them`;
  }
  const bad = result.rows.findIndex(row => {
    const value = numberOf(row[field]);
    return typeof value !== 'number' || value >= limit;
  });
  return bad < 0
    ? null
    : `has ${field} = ${cellText(result.rows[bad]![field]) || 'nothing'} in row ${bad + 1}, expected a number below ${limit}`;
}

/**
 * An aggregation over everything has one row (a time chart one for each span) whatever was found, so that counting rows proves nothing.
 *
 * @throws {@link UsageError} before anything is sent.
 */
export function refuseCountingAggregates(method: string, tree: SearchTree): void {
  const last = tree.nodes.findLast(
    node => node.kind !== 'eval' && node.kind !== 'sort' && node.kind !== 'table'
  );
  const isFixed = last?.kind === 'timechart' || (last?.kind === 'stats' && last.by.length === 0);
  if (isFixed) {
    const names = last.aggregations.map(part => part.name);
    throw new UsageError(
      `${method} counts rows, but this search has the same number of rows whatever it finds, because it ends with .${last.kind}().`,
      {
        hint: `Compare a value: .expectBelow(limit, { field: '${names[0] ?? ''}' }); or leave the aggregation out.`
      }
    );
  }
}
