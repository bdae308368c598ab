// The page that a link to a search opens, in the place where Splunk Web has it: the search and its results as one table.
// It asks for no token, because a browser has none; it is on loopback and shows nothing but the example's own logs.
import type { ResultRow } from './answer.ts';
import { runSearch, type SearchRequest } from './run-search.ts';
import { SearchFault } from './spl/row.ts';

const MOST_ROWS = 200;
const PAGE_PATH = /^\/(?:[a-z]{2}-[A-Z]{2}\/)?app\/[\w-]+\/search$/;

export function isSearchPage(pathname: string): boolean {
  return PAGE_PATH.test(pathname);
}

export function renderSearchPage(folder: string, query: URLSearchParams, nowMs: number): string {
  const request: SearchRequest = {
    search: query.get('q') ?? '',
    earliest: query.get('earliest') ?? '',
    latest: query.get('latest') ?? ''
  };
  const times = `${request.earliest || 'the beginning'} to ${request.latest || 'now'}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Search · example fleet</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark }
  table { border-collapse: collapse } th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid #8886 }
</style>
<h1>Search</h1>
<p><code>${escapeHtml(request.search)}</code></p>
<p>${escapeHtml(times)}, UTC</p>
${renderResults(folder, request, nowMs)}
</html>
`;
}

function renderResults(folder: string, request: SearchRequest, nowMs: number): string {
  try {
    const rows = runSearch(folder, request, nowMs);
    const shown = rows.slice(0, MOST_ROWS);
    return `<p>${rows.length} results${rows.length > shown.length ? `, the first ${MOST_ROWS}` : ''}</p>\n${renderTable(shown)}`;
  } catch (error) {
    if (!(error instanceof SearchFault)) throw error;
    return `<p>${escapeHtml(error.message)}</p>`;
  }
}

// `_raw` repeats all other fields, so it is not shown.
function renderTable(rows: readonly ResultRow[]): string {
  const all = new Set(rows.flatMap(row => Object.keys(row)));
  const columns = [...all].filter(name => name === '_time' || !name.startsWith('_'));
  const heads = columns.map(name => `<th scope="col">${escapeHtml(name)}`);
  const lines = rows.map(row =>
    columns.map(name => `<td>${escapeHtml([row[name] ?? ''].flat().join(', '))}`).join('')
  );
  return `<table>\n<tr>${heads.join('')}\n${lines.map(line => `<tr>${line}\n`).join('')}</table>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}
