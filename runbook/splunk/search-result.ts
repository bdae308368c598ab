// A search result under its cell: the table, how many rows, and the query that anybody can repeat.
import { MOST_SERIES } from '../chart/chart.js';
import { lineChart } from '../chart/line-chart.js';
import { numberOf, readChartRows } from '../chart/read-rows.js';
import { showChart } from '../display/show-chart.js';
import { ports } from '../context.js';
import { describeSearchResult, type SearchResult } from './result.js';
import { htmlText, markdownAddress, markdownText, visibleLine } from '../../contract/base/escape.js';
import { describeMessages } from './messages.js';
import { readTable, tableBundle } from '../display/table.js';

/** Shows the rows. `outcome` is that of a check on them, if one was made. */
export function displaySearchResult(result: SearchResult, outcome?: 'passed' | 'failed'): void {
  const glyph = outcome === undefined ? '' : outcome === 'passed' ? '☑ ' : '✗ ';
  const said = describeMessages(result.messages).map(line => visibleLine(`Splunk says: ${line}`));
  const bundle = tableBundle(readTable(result.rows), `${glyph}${describeSearchResult(result)}`);
  ports().display.show({
    'text/html': `${String(bundle['text/html'])} <code>${htmlText(result.spl)}</code>${said.map(line => `<div>${htmlText(line)}</div>`).join('')}`,
    'text/markdown': `${String(bundle['text/markdown'])}\n\n[Open in Splunk](${markdownAddress(result.link)})${said.map(line => `\n\n${markdownText(line)}`).join('')}`,
    'text/plain': [bundle['text/plain'], result.spl, ...said].join('\n')
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
    showChart(lineChart(rows, left > 0 ? `${y.join(', ')} and ${left} more` : y.join(', ')));
  }
}
