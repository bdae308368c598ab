// A search result under its cell: the table, how many rows, and the query that anybody can repeat.
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
}
