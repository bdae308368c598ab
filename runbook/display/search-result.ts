// A search result under its cell: the table, how many rows, and the query that anybody can repeat.
import { chartBundle } from '../chart/bundle.js';
import { MOST_SERIES } from '../chart/drawing.js';
import { lineChart } from '../chart/line-chart.js';
import { numberOf, readChartRows } from '../chart/read-rows.js';
import { ports } from '../context.js';
import { describeSearchResult, type SearchResult } from '../splunk/result.js';
import { escapeHtml } from './escape.js';
import { readTable, tableBundle } from './table.js';

/** Shows the rows. `outcome` is that of a check on them, if one was made. */
export function displaySearchResult(result: SearchResult, outcome?: 'passed' | 'failed'): void {
  const glyph = outcome === undefined ? '' : outcome === 'passed' ? '☑ ' : '✗ ';
  const bundle = tableBundle(readTable(result.rows), `${glyph}${describeSearchResult(result)}`);
  ports().display.show({
    'text/html': `${String(bundle['text/html'])} <code>${escapeHtml(result.spl)}</code>`,
    'text/markdown': `${String(bundle['text/markdown'])}\n\n[Open in Splunk](${result.link.replace(/[()\s]/g, encodeURIComponent)})`,
    'text/plain': `${String(bundle['text/plain'])}\n${result.spl}`
  });
  if (result.isTimechart && result.count > 1) {
    displayTimechart(result);
  }
}

/** The columns with the largest sums, as many as a chart has colours. */
function displayTimechart(result: SearchResult): void {
  const columns = Object.keys(result.rows[0]!).filter(name => !name.startsWith('_'));
  const sums = columns
    .map(name => ({
      name,
      sum: result.rows.reduce((sum, row) => sum + Math.abs(numberOf(row[name]) ?? 0), 0)
    }))
    .sort((a, b) => b.sum - a.sum)
    .slice(0, MOST_SERIES);
  const y = columns.filter(name => sums.some(entry => entry.name === name));
  const { rows, faults } = readChartRows(result.rows, '_time', y);
  if (faults.length === 0) {
    const left = columns.length - y.length;
    ports().display.show(
      chartBundle(lineChart(rows, left > 0 ? `${y.join(', ')} and ${left} more` : y.join(', ')))
    );
  }
}
